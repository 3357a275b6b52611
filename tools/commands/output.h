// What the program prints: results to standard output or a file, messages to standard error.

#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "ledger/values/result.h"

namespace duebook {

// Opens what is closed of the three standard streams, so that no file of a ledger takes its place and gets what is
// printed. To be called before any file is opened.
void HoldStandardStreams();

// A message on standard error, lines for people: what acts on a terminal is shown instead (ShownLines). If that cannot
// be written, there is nobody to tell.
void Tell(std::string_view message);

// Where a result goes. A regular file is there whole, in place of an older one, or not at all; devices and pipes are
// written as they are.
class ResultFile {
 public:
  // An empty path is standard output. That the file is none of a ledger's own is for whoever opens it to see to
  // (named_files.h). kUnavailable: it cannot be made.
  static Result<ResultFile> Open(const std::string& path);
  ResultFile(ResultFile&& other) noexcept;
  ResultFile& operator=(ResultFile&&) = delete;
  // Leaves nothing behind, unless it was finished.
  ~ResultFile();

  // kUnavailable: the disk is full, the reader went away.
  Status Write(std::string_view text);
  // Gives what was written so far to the operating system.
  Status Flush();
  // Gives all that was written to the operating system, and the file its name.
  Status Finish();
  // Returns whether the last of these failed as who reads standard output has enough, as `... | head` has.
  bool reader_went_away() const { return reader_went_away_; }

 private:
  ResultFile(std::string name, std::FILE* file) : name_(std::move(name)), file_(file) {}
  Error Failed(int code);

  std::string name_;       // for messages
  std::FILE* file_;        // null when finished
  std::string temporary_;  // what is written until it is finished; empty: the file itself
  std::string target_;     // what it is called then
  bool reader_went_away_ = false;
};

// The exit status of a result that could not be written. Told, unless the reader of standard output went away.
int LostResult(const ResultFile& file, const Error& error);

// All of a result at once. The exit status; a failure is told as by LostResult.
int WriteResult(std::string_view text, const std::string& output_file = "");
int WriteResult(std::string_view text, ResultFile& file);
// The same of lines for people rather than programs: what acts on a terminal is shown instead (ShownLines).
int WriteSentences(std::string_view text, const std::string& output_file = "");

}  // namespace duebook
