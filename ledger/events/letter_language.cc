#include "ledger/events/letter_language.h"

#include <fmt/core.h>

#include "ledger/values/suggestion.h"

namespace duebook {

std::optional<Rejection> CheckLetterLanguage(std::string_view language) {
  if (language.empty() || language == "zh" || language == "en") return std::nullopt;
  return Rejection{RejectionCode::kBadField,
                   fmt::format("letters are written in zh or en, and {} is neither", Quoted(language)), "language"};
}

}  // namespace duebook
