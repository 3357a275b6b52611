// The table of what is wrong with the lines of an import: file, line, field, code and sentence, as CSV.

#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/command/rejection.h"
#include "ledger/values/result.h"
#include "tools/import/pipeline/import_warning.h"

namespace duebook {

// Why a line is refused, or what is remarked about it. Views.
struct Reason {
  Reason(const Rejection& rejection)  // NOLINT(google-explicit-constructor): a rejection is a reason
      : field(rejection.field), code(CodeName(rejection.code)), sentence(rejection.sentence) {}
  Reason(const ImportWarning& warning)  // NOLINT(google-explicit-constructor): so is a warning
      : field(warning.field), code(CodeName(warning.code)), sentence(warning.sentence) {}

  std::string_view field;
  std::string_view code;
  std::string_view sentence;
};

// "FIELD: CODE: SENTENCE", or without the field.
std::string TextOf(const Reason& reason);

// The file is written where it lies.
class ReasonsFile {
 public:
  // Makes the file, with its header. `is_new`: no file may be there. kUnavailable if it cannot be made.
  static Result<ReasonsFile> Open(const std::string& path, bool is_new = false);

  const std::string& path() const { return path_; }
  Status Add(std::string_view file, uint64_t line, const Reason& reason);
  // Gives what was added to the operating system.
  Status Flush();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  ReasonsFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  Status Put(std::string_view text);

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace duebook
