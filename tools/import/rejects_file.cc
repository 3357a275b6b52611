#include "tools/import/rejects_file.h"

#include <fmt/core.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "tools/render/csv_cell.h"

namespace duebook {

namespace {

bool Put(std::FILE* file, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size();
}

Error CannotWrite(const std::string& path) {
  return Error{ErrorCode::kUnavailable,
               fmt::format("cannot write {}: {}", path, std::generic_category().message(errno)), ""};
}

}  // namespace

namespace {

// "refused.2.csv": the ending stays, as import goes by it.
std::string NumberedName(const std::string& path, size_t number) {
  const std::filesystem::path whole(path);
  std::filesystem::path name = whole.stem();
  name += fmt::format(".{}", number);
  name += whole.extension();
  return (whole.parent_path() / name).string();
}

}  // namespace

Result<RejectsFile::Part> RejectsFile::MakePart(const std::string& path) {
  const std::string reasons_path = path + ".reasons.csv";
  Part part{path, File(std::fopen(path.c_str(), "wb")), nullptr, true, ""};
  if (part.lines == nullptr) return CannotWrite(path);
  part.reasons.reset(std::fopen(reasons_path.c_str(), "wb"));
  if (part.reasons == nullptr || !Put(part.reasons.get(), "file,line,field,code,sentence\n") ||
      std::fflush(part.reasons.get()) != 0) {
    return CannotWrite(reasons_path);
  }
  return part;
}

Result<RejectsFile> RejectsFile::Create(const std::string& path) {
  auto part = MakePart(path);
  RETURN_IF_ERROR(part);
  RejectsFile file;
  file.parts_.push_back(std::move(*part));
  return file;
}

Result<RejectsFile::Part*> RejectsFile::PartFor(std::string_view header) {
  for (Part& part : parts_) {
    if (part.empty) part.header = header;
    if (part.header == header) return &part;
  }
  auto part = MakePart(NumberedName(parts_.front().path, parts_.size() + 1));
  RETURN_IF_ERROR(part);
  part->header = header;
  parts_.push_back(std::move(*part));
  return &parts_.back();
}

Status RejectsFile::Add(std::string_view file, uint64_t line, std::string_view header, std::string_view text,
                        const Rejection& rejection) {
  const auto found = PartFor(header);
  RETURN_IF_ERROR(found);
  Part& part = **found;
  if (part.empty && !header.empty() && (!Put(part.lines.get(), header) || !Put(part.lines.get(), "\n"))) {
    return CannotWrite(part.path);
  }
  part.empty = false;
  const std::string reason = fmt::format("{},{},{},{},{}\n", CsvCell(file), line, CsvCell(rejection.field),
                                         CodeName(rejection.code), CsvCell(rejection.sentence));
  if (!Put(part.reasons.get(), reason)) return CannotWrite(part.path);
  if (file == last_file_ && line == last_line_) return Status();
  last_file_ = file;
  last_line_ = line;
  if (!Put(part.lines.get(), text) || !Put(part.lines.get(), "\n")) return CannotWrite(part.path);
  return Status();
}

std::string RejectsFile::Names() const {
  std::string names;
  for (const Part& part : parts_) {
    if (!part.empty) names += (names.empty() ? "" : ", ") + part.path;
  }
  return names;
}

Status RejectsFile::Flush() {
  for (const Part& part : parts_) {
    if (std::fflush(part.lines.get()) != 0 || std::fflush(part.reasons.get()) != 0) return CannotWrite(part.path);
  }
  return Status();
}

}  // namespace duebook
