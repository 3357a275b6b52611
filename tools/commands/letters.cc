#include "tools/commands/letters.h"

#include <fmt/core.h>

#include "ledger/log/kept_files.h"
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

}  // namespace duebook
