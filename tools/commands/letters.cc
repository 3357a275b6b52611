#include "tools/commands/letters.h"

#include <fmt/core.h>

#include "ledger/log/kept_files.h"
#include "tools/commands/output.h"
#include "tools/render/render_letter.h"

namespace duebook {

namespace {

std::string LogoOf(const Letter& letter, const std::filesystem::path& ledger) {
  if (!letter.company.logo.has_value()) return "";
  const auto logo = ReadKeptFile(ledger, *letter.company.logo);
  if (logo.ok() && !PictureTypeOf(*logo).empty()) return *logo;
  Tell(fmt::format("duebook: the letter has no logo: {}; `duebook company --logo FILE` keeps it\n",
                   logo.ok() ? "it is neither PNG nor JPEG" : logo.error().sentence));
  return "";
}

}  // namespace

Result<std::string> LetterIn(const OutputFormat& format, Letter letter, const std::filesystem::path& ledger,
                             bool plain) {
  for (LetterPart& part : letter.parts) {
    if (part.table.has_value()) part.table->separates_thousands = !plain;
  }
  return format.render_letter(letter, format.is_text && format.ending.empty() ? "" : LogoOf(letter, ledger));
}

}  // namespace duebook
