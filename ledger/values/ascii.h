// The letters A to Z in either case, whatever the machine's language says.

#pragma once

#include <algorithm>
#include <string_view>

namespace duebook {

constexpr char LowerCase(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr char UpperCase(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

constexpr bool IsSameInAnyCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return LowerCase(x) == LowerCase(y); });
}

// "EXPORT.CSV" ends with ".csv".
constexpr bool EndsInAnyCase(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && IsSameInAnyCase(text.substr(text.size() - ending.size()), ending);
}

}  // namespace duebook
