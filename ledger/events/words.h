// Fields that take one of a few words.

#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "ledger/command/rejection.h"

namespace duebook {

// Refuses (bad_field) a text that is none of these words, and names them. A field that is left out has none.
std::optional<Rejection> CheckWord(std::string_view field, std::string_view text,
                                   std::initializer_list<std::string_view> words);

}  // namespace duebook
