#include "tools/import/pipeline/rejects_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "ledger/log/own_files.h"
#include "ledger/values/file_error.h"
#include "ledger/values/open_file.h"
#include "tools/import/pipeline/kept_lines.h"
#include "tools/import/rows/text_decoder.h"

namespace duebook {

namespace {

bool Put(std::FILE* file, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size();
}

// The head or foot of a frame, if there is one.
bool PutLine(std::FILE* file, std::string_view text) { return text.empty() || (Put(file, text) && Put(file, "\n")); }

std::string ReasonsOf(const std::string& path) { return path + kReasonsEnding; }

// "refused.2.csv": with an ending of their format, as import goes by it.
std::string NumberedName(const std::string& path, size_t number, const std::string& ending) {
  const std::filesystem::path whole(path);
  std::filesystem::path name = whole.stem();
  name += fmt::format(".{}{}", number, ending);
  return (whole.parent_path() / name).string();
}

// By opening it as it will be. What this makes is removed again; a pipe is not opened, as whoever reads it would see
// its end.
Status CheckWritable(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status before = fs::status(path, error);
  if (fs::is_fifo(before)) return ::access(path.c_str(), W_OK) == 0 ? Status() : FileError("write", path);
  if (!OpenFile(path, O_WRONLY | O_CREAT, 0666).is_open()) return FileError("write", path);
  if (!fs::exists(before)) fs::remove(fs::canonical(path, error), error);
  return Status();
}

bool IsTaken(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

// The first of the numbered names that no file has, nor its reasons.
std::string FreeName(const std::string& path, const std::string& ending) {
  const auto is_taken = [](const std::string& name) { return IsTaken(name) || IsTaken(ReasonsOf(name)); };
  size_t number = 2;
  while (is_taken(NumberedName(path, number, ending))) number++;
  return NumberedName(path, number, ending);
}

// Says which lines come back though they are not at fault, as the end of a sentence; "" if none do.
std::string OthersKept(uint64_t line, const std::vector<KeptLine>& kept) {
  std::vector<KeptLine> others;
  std::copy_if(kept.begin(), kept.end(), std::back_inserter(others),
               [line](const KeptLine& other) { return other.line != line; });
  return others.empty() ? "" : fmt::format("; kept with it, as they belong together: {}", NumbersOf(others));
}

}  // namespace

Result<RejectsFile> RejectsFile::Open(const std::string& path, const InputFormat* read_as) {
  std::error_code unknown;
  if (std::filesystem::is_character_file(std::filesystem::symlink_status(path, unknown))) {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("--rejects {} is a device, beside which no reasons can be", path),
                 "name a file, or leave --rejects out"};
  }
  for (const std::string& file : {path, ReasonsOf(path)}) RETURN_IF_ERROR(CheckWritable(file));
  return RejectsFile(path, read_as);
}

Result<RejectsFile::Part> RejectsFile::MakePart(const std::string& path, const RowsFrame& frame, bool is_new) {
  RETURN_IF_ERROR(CheckNotOwnFile(path));
  RETURN_IF_ERROR(CheckNotOwnFile(ReasonsOf(path)));
  File lines(std::fopen(path.c_str(), is_new ? "wbx" : "wb"));
  if (lines == nullptr) return FileError("write", path);
  const std::string_view mark = frame.is_marked ? kUtf8Mark : std::string_view();
  if (!Put(lines.get(), mark) || !PutLine(lines.get(), frame.head)) return FileError("write", path);
  auto reasons = ReasonsFile::Open(ReasonsOf(path), is_new);
  RETURN_IF_ERROR(reasons);
  return Part{path, std::move(lines), std::move(*reasons), frame};
}

Result<RejectsFile::Part*> RejectsFile::PartFor(const RowsFrame& frame) {
  for (Part& part : parts_) {
    if (part.frame == frame) return &part;
  }
  // Nobody named the further files, so that none that is there is written over.
  const bool is_of_name = read_as_ == nullptr || frame.ending.empty() || frame.ending == read_as_->ending;
  const bool is_free = std::none_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.path == path_; });
  const std::string ending = is_of_name ? std::filesystem::path(path_).extension().string() : std::string(frame.ending);
  auto part = is_of_name && is_free ? MakePart(path_, frame, false) : MakePart(FreeName(path_, ending), frame, true);
  RETURN_IF_ERROR(part);
  parts_.push_back(std::move(*part));
  return &parts_.back();
}

Status RejectsFile::Add(std::string_view file, uint64_t line, const RowsFrame& frame, const std::vector<KeptLine>& kept,
                        const Reason& reason) {
  const auto found = PartFor(frame);
  RETURN_IF_ERROR(found);
  Part& part = **found;
  Reason whole = reason;
  const std::string sentence = std::string(reason.sentence) + OthersKept(line, kept);
  whole.sentence = sentence;
  RETURN_IF_ERROR(part.reasons.Add(file, line, whole));
  if (file != last_file_) kept_lines_.clear();
  last_file_ = file;
  for (const auto& [number, text] : kept) {
    if (!kept_lines_.insert(number).second) continue;
    const std::string_view separator = std::exchange(part.has_lines, true) ? part.frame.separator : std::string_view();
    const bool written = Put(part.lines.get(), separator) && Put(part.lines.get(), text) && Put(part.lines.get(), "\n");
    if (!written) return FileError("write", part.path);
  }
  return Status();
}

Status RejectsFile::Finish() {
  for (const Part& part : parts_) {
    if (!PutLine(part.lines.get(), part.frame.foot)) return FileError("write", part.path);
  }
  return Flush();
}

std::string RejectsFile::Names() const {
  std::string names;
  for (const Part& part : parts_) names += (names.empty() ? "" : ", ") + part.path;
  return names;
}

std::string RejectsFile::ReasonsNames() const {
  std::string names;
  for (const Part& part : parts_) names += (names.empty() ? "" : ", ") + part.reasons.path();
  return names;
}

Status RejectsFile::Flush() {
  for (Part& part : parts_) {
    if (std::fflush(part.lines.get()) != 0) return FileError("write", part.path);
    RETURN_IF_ERROR(part.reasons.Flush());
  }
  return Status();
}

}  // namespace duebook
