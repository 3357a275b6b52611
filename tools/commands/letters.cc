#include "tools/commands/letters.h"

#include <fmt/core.h>

#include "ledger/log/kept_files.h"
#include "ledger/log/own_files.h"
#include "ledger/values/ascii.h"
#include "ledger/values/file_error.h"
#include "tools/commands/output.h"
#include "tools/render/render_letter.h"

namespace duebook {

std::string LogoOf(const Company& company, const std::filesystem::path& ledger) {
  if (!company.logo.has_value()) return "";
  const auto logo = ReadKeptFile(ledger, *company.logo);
  if (logo.ok() && !PictureTypeOf(*logo).empty()) return *logo;
  Tell(fmt::format("duebook: letters have no logo: {}; `duebook company --logo FILE` keeps it\n",
                   logo.ok() ? "it is neither PNG nor JPEG" : logo.error().sentence));
  return "";
}

Result<std::string> LetterIn(const OutputFormat& format, Letter letter, std::string_view logo, bool plain) {
  for (LetterPart& part : letter.parts) {
    if (part.table.has_value()) part.table->separates_thousands = !plain;
  }
  return format.render_letter(letter, logo);
}

std::string LetterFileName(std::string_view customer, std::string_view ending) {
  std::string name;
  for (const char c : customer) {
    const bool is_kept = (static_cast<uint8_t>(c) & 0x80) != 0 || (LowerCase(c) >= 'a' && LowerCase(c) <= 'z') ||
                         (c >= '0' && c <= '9') || c == '_' || c == '-' || (c == '.' && !name.empty());
    name += is_kept ? std::string(1, c) : fmt::format("%{:02X}", static_cast<uint8_t>(c));
  }
  return name + std::string(ending);
}

Status MakeFolderOfLetters(const std::string& folder) {
  RETURN_IF_ERROR(CheckNotOwnFile(folder));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return FileError("make", folder, error);
  const bool is_empty = std::filesystem::is_empty(folder, error);
  if (error) return FileError("list", folder, error);
  if (is_empty) return Status();
  return Error{ErrorCode::kAlreadyExists,
               fmt::format("{} is not empty, and other files would be among the letters", folder),
               "name another folder, or empty it"};
}

}  // namespace duebook
