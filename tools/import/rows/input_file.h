// A file, or standard input, read in pieces.

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/values/open_file.h"
#include "ledger/values/result.h"
#include "tools/import/rows/text_decoder.h"

namespace duebook {

class InputFile {
 public:
  // "-" is standard input. kNotFound: no such file; kUnavailable: it cannot be read, or is a folder.
  static Result<InputFile> Open(const std::string& path);

  // The path as given; "stdin" for standard input.
  const std::string& name() const { return name_; }
  // Bytes of a regular file; 0 if not known beforehand.
  size_t size() const { return size_; }

  // Takes the file as text, unless it is a ZIP archive: from now on, what is read is UTF-8 without a mark. The file is
  // in the encoding that a mark at its beginning says; or else in `encoding` (text_decoder.h), if that is not ""; or
  // else in the one that its XML declaration says; or else in UTF-8. Waits for the bytes that a mark or a declaration
  // may have. Before the first Read, once. kInvalidArgument: there is no such encoding, or it is not the declaration's.
  Status StartText(const std::string& encoding = "");
  // Returns the first bytes of the text, as many as came at once, without using them up. Good until the first Read.
  std::string_view start() const { return start_; }
  // Returns whether what is read has to begin with the mark of UTF-8 where it is written again, so that whatever
  // encoding is said it reads as here: the file has a mark, or was in another encoding.
  bool is_marked() const { return has_mark_ || decoder_ != nullptr; }

  // Appends about `count` bytes to `buffer`, waiting for at least one. Returns the number of bytes; 0 at the end.
  Result<size_t> Read(size_t count, std::string* buffer);
  // Bytes of the file that were read so far.
  size_t bytes_read() const { return read_; }
  // Returns whether Read would answer at once.
  bool IsReady() const;

 private:
  InputFile(OpenFile file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}
  // Reads what may be a mark or a declaration into start_.
  Status ReadStart();
  // Returns the encoding that `start_` declares, "" if it declares none.
  Result<std::string> DeclaredEncoding() const;
  // Reads the bytes as they are.
  Result<size_t> ReadBytes(size_t count, std::string* buffer);

  OpenFile file_;
  std::string name_;
  size_t size_ = 0;
  size_t read_ = 0;    // bytes, so far
  std::string start_;  // read, but not yet given
  std::unique_ptr<TextDecoder> decoder_;
  bool has_mark_ = false;
};

// All of a file, or standard input. kInvalidArgument also if it is longer than `max_bytes`.
Result<std::string> ReadWhole(const std::string& path, size_t max_bytes);

}  // namespace duebook
