#include "ledger/values/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "ledger/values/character_class.h"

namespace duebook {

namespace {

// Returns whether all bytes are ASCII, eight at a time: most text is.
bool IsAscii(std::string_view text) {
  uint64_t all = 0;
  while (text.size() >= sizeof(all)) {
    uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof(word));
    all |= word;
    text.remove_prefix(sizeof(word));
  }
  for (const char c : text) all |= static_cast<uint8_t>(c);
  return (all & 0x8080808080808080) == 0;
}

// Takes one character off the front; negative if it is not well-formed.
utf8proc_int32_t TakeCharacter(std::string_view& text) {
  utf8proc_int32_t character = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &character);
  text.remove_prefix(length > 0 ? static_cast<size_t>(length) : 1);
  return character;
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  if (IsAscii(text)) return true;
  while (!text.empty()) {
    if (TakeCharacter(text) < 0) return false;
  }
  return true;
}

void AppendUtf8(char32_t character, std::string* text) {
  utf8proc_uint8_t bytes[4];
  const auto count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes);
  text->append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(count));
}

bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7f; });
}

std::string Printable(std::string_view text) {
  std::string shown;
  if (!IsValidUtf8(text)) {
    for (const char c : text) shown += c >= 0x20 && c < 0x7f ? c : '?';
    return shown;
  }
  while (!text.empty()) {
    std::string_view rest = text;
    const CharacterClass taken = ClassOf(TakeCharacter(rest));
    const bool hidden = taken == CharacterClass::kControl || taken == CharacterClass::kUnseen;
    shown += hidden ? "?" : text.substr(0, text.size() - rest.size());
    text = rest;
  }
  return shown;
}

size_t DisplayWidth(std::string_view text) {
  if (IsAscii(text)) return text.size();
  size_t width = 0;
  while (!text.empty()) {
    const utf8proc_int32_t character = TakeCharacter(text);
    width += character < 0 ? 1 : static_cast<size_t>(std::max(0, utf8proc_charwidth(character)));
  }
  return width;
}

}  // namespace duebook
