// Where refused lines go: the lines themselves, unchanged, to be mended and imported again; and beside them a table of
// the reasons.

#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ledger/values/result.h"
#include "tools/import/pipeline/reasons_file.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/row_source.h"

namespace duebook {

// The table of reasons is called by the file's name and this.
inline constexpr const char* kReasonsEnding = ".reasons.csv";

class RejectsFile {
 public:
  // Leaves everything as it was: PATH and PATH.reasons.csv are made, or emptied, when the first line is added.
  // kUnavailable if they cannot be made. That neither is a ledger's own file is for whoever opens it to see to.
  // `read_as` is the format in which a file of this name is read again; null if that is told otherwise than by the
  // name.
  static Result<RejectsFile> Open(const std::string& path, const InputFormat* read_as);

  // Adds why a line of `file` was refused, and those of the lines kept for it that were not added before. Lines of one
  // file come before those of the next. `frame` is that of the file: its head goes before the first line. Lines with
  // another frame go to a file of their own, as one file is read by one frame: "refused.2.csv" beside "refused.csv", or
  // the next number that no file has. So do lines of another format than the name says, under its ending.
  Status Add(std::string_view file, uint64_t line, const RowsFrame& frame, const std::vector<KeptLine>& kept,
             const Reason& reason);
  // Returns whether the line was added, and with it all that are kept together with it.
  bool Holds(std::string_view file, uint64_t line) const { return file == last_file_ && kept_lines_.contains(line); }
  // Puts the foot of each frame behind its lines. Nothing can be added after it.
  Status Finish();
  // The files that hold lines, and those of their reasons, joined by commas; empty if nothing was added.
  std::string Names() const;
  std::string ReasonsNames() const;
  // Gives what was added to the operating system.
  Status Flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Close>;

  // The lines of one frame and their reasons.
  struct Part {
    std::string path;
    File lines;
    ReasonsFile reasons;
    RowsFrame frame;
    bool has_lines = false;
  };

  RejectsFile(std::string path, const InputFormat* read_as) : path_(std::move(path)), read_as_(read_as) {}
  static Result<Part> MakePart(const std::string& path, const RowsFrame& frame, bool is_new);
  Result<Part*> PartFor(const RowsFrame& frame);

  std::string path_;
  const InputFormat* read_as_;
  std::vector<Part> parts_;
  std::string last_file_;
  std::unordered_set<uint64_t> kept_lines_;  // of it
};

}  // namespace duebook
