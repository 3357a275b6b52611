// Texts without what stands around them.

#pragma once

#include <string_view>

namespace duebook {

// Returns the text without any of these signs at its beginning and end.
constexpr std::string_view Trimmed(std::string_view text, std::string_view signs = " ") {
  const size_t first = text.find_first_not_of(signs);
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(signs) - first + 1);
}

}  // namespace duebook
