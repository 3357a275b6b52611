#include "ledger/events/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "ledger/values/suggestion.h"

namespace duebook {

std::optional<Rejection> CheckWord(std::string_view field, std::string_view text,
                                   std::initializer_list<std::string_view> words) {
  if (text.empty() || std::find(words.begin(), words.end(), text) != words.end()) return std::nullopt;
  return Rejection{RejectionCode::kBadField, fmt::format("{} is none of {}", Quoted(text), fmt::join(words, ", ")),
                   std::string(field)};
}

}  // namespace duebook
