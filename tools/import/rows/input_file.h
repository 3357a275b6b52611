// A file, or standard input, read in pieces.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/values/result.h"

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

  // Appends up to `count` bytes to `buffer`, waiting for at least one. The number of bytes; 0 at the end.
  Result<size_t> Read(size_t count, std::string* buffer);
  // Whether Read would answer at once.
  bool IsReady() const;
  // The first bytes, as many as come at once, without using them up; a view good until the first Read, before which it
  // has to be asked for.
  Result<std::string_view> Start();

 private:
  InputFile(int descriptor, std::string name, size_t size);

  int descriptor_;
  std::string name_;
  size_t size_;
  size_t read_ = 0;    // bytes, so far
  std::string start_;  // read, but not yet given
};

// All of a file, or standard input. kInvalidArgument also if it is longer than `max_bytes`.
Result<std::string> ReadWhole(const std::string& path, size_t max_bytes);

}  // namespace duebook
