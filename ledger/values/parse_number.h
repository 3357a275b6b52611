// Whole numbers in texts.

#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace duebook {

// Returns the whole number that the text is in decimal, without blanks or a plus sign; nothing if it is none, or does
// not fit.
template <class Number = uint64_t>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace duebook
