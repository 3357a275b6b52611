// A file, or standard input, read in pieces.

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "tools/import/rows/text_decoder.h"

namespace duebook {

class InputFile {
 public:
  // "-" is standard input. kNotFound: no such file; kInvalidArgument: a folder; kUnavailable: it cannot be read.
  static Result<InputFile> Open(const std::string& path);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) = delete;
  ~InputFile();

  // The path as given; "stdin" for standard input.
  const std::string& name() const { return name_; }
  // Bytes of a regular file; 0 if not known beforehand.
  size_t size() const { return size_; }

  // From now on, what is read is UTF-8, decoded from this encoding (text_decoder.h); what Start() gave is so, too.
  // Before the first Read, once. kInvalidArgument: there is no such encoding.
  Status DecodeFrom(const std::string& encoding);
  // Returns what Start() gave, decoded.
  std::string_view decoded_start() const { return start_; }
  // Returns whether the file is in another encoding than what is read of it.
  bool is_decoded() const { return decoder_ != nullptr; }

  // Appends about `count` bytes to `buffer`, waiting for at least one. Returns the number of bytes; 0 at the end.
  Result<size_t> Read(size_t count, std::string* buffer);
  // Bytes of the file that were read so far.
  size_t bytes_read() const { return read_; }
  // Whether Read would answer at once.
  bool IsReady() const;
  // Returns the first bytes, as many as come at once, without using them up; a view good until DecodeFrom or the first
  // Read, before which it has to be asked for, once.
  Result<std::string_view> Start();

 private:
  InputFile(int descriptor, std::string name, size_t size);
  // The bytes as they are.
  Result<size_t> ReadBytes(size_t count, std::string* buffer);

  int descriptor_;
  std::string name_;
  size_t size_;
  size_t read_ = 0;    // bytes, so far
  std::string start_;  // read, but not yet given
  std::unique_ptr<TextDecoder> decoder_;
};

// All of a file, or standard input. kInvalidArgument also if it is longer than `max_bytes`.
Result<std::string> ReadWhole(const std::string& path, size_t max_bytes);

}  // namespace duebook
