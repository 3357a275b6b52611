#include "tools/import/pipeline/reasons_file.h"

#include <fmt/core.h>

#include "ledger/log/own_files.h"
#include "ledger/values/file_error.h"
#include "tools/render/csv_cell.h"

namespace duebook {

std::string TextOf(const Reason& reason) {
  return fmt::format("{}{}{}: {}", reason.field, reason.field.empty() ? "" : ": ", reason.code, reason.sentence);
}

Result<ReasonsFile> ReasonsFile::Open(const std::string& path, bool is_new) {
  RETURN_IF_ERROR(CheckNotOwnFile(path));
  std::FILE* file = std::fopen(path.c_str(), is_new ? "wbx" : "wb");
  if (file == nullptr) return FileError("write", path);
  ReasonsFile reasons(path, file);
  RETURN_IF_ERROR(reasons.Put("file,line,field,code,sentence\n"));
  return reasons;
}

Status ReasonsFile::Add(std::string_view file, uint64_t line, const Reason& reason) {
  return Put(fmt::format("{},{},{},{},{}\n", CsvCell(file), line, CsvCell(reason.field), reason.code,
                         CsvCell(reason.sentence)));
}

Status ReasonsFile::Put(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
  return written ? Status() : FileError("write", path_);
}

Status ReasonsFile::Flush() { return std::fflush(file_.get()) == 0 ? Status() : FileError("write", path_); }

}  // namespace duebook
