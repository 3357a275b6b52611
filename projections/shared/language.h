// The languages that reports are written in for people. Programs get the same names in all of them.

#pragma once

#include <cstdint>
#include <string_view>

namespace duebook {

enum class Language : uint8_t { kEnglish, kChinese };

// "en" or "zh", as options, events and pages have it.
constexpr std::string_view CodeOf(Language language) { return language == Language::kChinese ? "zh" : "en"; }
// Returns the language of such a code; any other is English.
constexpr Language LanguageOfCode(std::string_view code) {
  return code == CodeOf(Language::kChinese) ? Language::kChinese : Language::kEnglish;
}

}  // namespace duebook
