#include "tools/render/shown_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace duebook {

namespace {

struct Range {
  uint32_t first, last;
};

// What is shown as an escape; all of it takes two or three bytes of UTF-8.
constexpr std::array<Range, 8> kActing = {{
    {0x80, 0x9F},      // C1
    {0x61C, 0x61C},    // Arabic letter mark
    {0x200B, 0x200B},  // zero-width space
    {0x200E, 0x200F},  // marks of direction
    {0x2028, 0x202E},  // line and paragraph separators, embeddings and overrides
    {0x2060, 0x2060},  // word joiner
    {0x2066, 0x2069},  // isolates
    {0xFEFF, 0xFEFF},  // byte-order mark
}};

bool IsControl(unsigned char byte) { return byte < 0x20 || byte == 0x7F; }
bool MayActOrBeWide(unsigned char byte) { return IsControl(byte) || byte >= 0x80; }

struct Decoded {
  uint32_t code = 0;
  size_t bytes = 1;
};

// The code point at the front, of those of two or three bytes; else the first byte.
Decoded FrontOf(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const auto goes_on = [&](size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80; };
  if ((byte(0) & 0xE0U) == 0xC0 && goes_on(1)) return {(byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if ((byte(0) & 0xF0U) == 0xE0 && goes_on(1) && goes_on(2)) {
    return {(byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
  }
  return {byte(0), 1};
}

bool Acts(const Decoded& front) {
  return front.bytes > 1 && std::any_of(kActing.begin(), kActing.end(), [&](const Range& range) {
           return front.code >= range.first && front.code <= range.last;
         });
}

}  // namespace

std::string ShownText(std::string_view text) {
  if (std::none_of(text.begin(), text.end(), MayActOrBeWide)) return std::string(text);
  std::string shown;
  while (!text.empty()) {
    const Decoded front = FrontOf(text);
    if (IsControl(static_cast<unsigned char>(text.front()))) {
      shown += ' ';
    } else if (Acts(front)) {
      shown += fmt::format("\\u{:04x}", front.code);
    } else {
      shown.append(text.substr(0, front.bytes));
    }
    text.remove_prefix(front.bytes);
  }
  return shown;
}

}  // namespace duebook
