// The languages that reports are written in for people. Programs get the same names in all of them.

#pragma once

#include <cstdint>

namespace duebook {

enum class Language : uint8_t { kEnglish, kChinese };

}  // namespace duebook
