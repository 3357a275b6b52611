#include "tools/render/shown_text.h"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace duebook {

namespace {

struct Range {
  utf8proc_int32_t first, last;
};

// Code points that are shown as escapes.
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
bool MayAct(unsigned char byte) { return IsControl(byte) || byte >= 0x80; }

bool Acts(utf8proc_int32_t code) {
  return std::any_of(kActing.begin(), kActing.end(),
                     [code](const Range& range) { return code >= range.first && code <= range.last; });
}

}  // namespace

std::string ShownText(std::string_view text) {
  if (std::none_of(text.begin(), text.end(), MayAct)) return std::string(text);
  std::string shown;
  while (!text.empty()) {
    utf8proc_int32_t code = 0;
    const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code);
    const size_t taken = length > 0 ? static_cast<size_t>(length) : 1;
    if (IsControl(static_cast<unsigned char>(text.front()))) {
      shown += ' ';
    } else if (length > 0 && Acts(code)) {
      shown += fmt::format("\\u{:04x}", code);
    } else {
      shown.append(text.substr(0, taken));
    }
    text.remove_prefix(taken);
  }
  return shown;
}

}  // namespace duebook
