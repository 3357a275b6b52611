// The languages in which customers are written to.

#pragma once

#include <optional>
#include <string_view>

#include "ledger/command/rejection.h"

namespace duebook {

// Refuses what is neither "zh" nor "en", as the field `language`. "" is not said.
std::optional<Rejection> CheckLetterLanguage(std::string_view language);

}  // namespace duebook
