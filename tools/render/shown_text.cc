#include "tools/render/shown_text.h"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>

#include "ledger/values/character_class.h"

namespace duebook {

namespace {

bool IsControl(unsigned char byte) { return byte < 0x20 || byte == 0x7F; }
bool MayAct(unsigned char byte) { return IsControl(byte) || byte >= 0x80; }

bool Acts(utf8proc_int32_t code) {
  const CharacterClass its_class = ClassOf(code);
  return its_class == CharacterClass::kControl || its_class == CharacterClass::kUnseen;
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
      shown += code > 0xFFFF ? fmt::format("\\U{:08x}", code) : fmt::format("\\u{:04x}", code);
    } else {
      shown.append(text.substr(0, taken));
    }
    text.remove_prefix(taken);
  }
  return shown;
}

std::string ShownLines(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    shown += ShownText(text.substr(0, end));
    if (end == std::string_view::npos) break;
    shown += '\n';
    text.remove_prefix(end + 1);
  }
  return shown;
}

std::string Shortened(std::string_view text, size_t most_bytes) {
  if (text.size() <= most_bytes) return std::string(text);
  const auto is_amid_character = [](char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; };
  while (most_bytes > 0 && is_amid_character(text[most_bytes])) most_bytes--;
  return std::string(text.substr(0, most_bytes)) + "…";
}

}  // namespace duebook
