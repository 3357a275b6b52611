#include "tools/import/map/toml_text.h"

#include <fmt/core.h>

#include "ledger/values/text.h"

namespace duebook {

namespace {

// Bytes of the character that begins with this one.
size_t LengthOf(char first) {
  const auto byte = static_cast<uint8_t>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The character's number in Unicode.
uint32_t NumberOf(std::string_view character) {
  if (character.size() == 1) return static_cast<uint8_t>(character.front());
  uint32_t number = static_cast<uint8_t>(character.front()) & (0xFFu >> (character.size() + 1));
  for (const char c : character.substr(1)) number = number << 6 | (static_cast<uint8_t>(c) & 0x3Fu);
  return number;
}

}  // namespace

std::string TomlText(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const std::string_view character = text.substr(0, LengthOf(text.front()));
    text.remove_prefix(character.size());
    if (character == "\"" || character == "\\") {
      quoted.append(1, '\\').append(character);
    } else if (Printable(character) == character) {
      quoted += character;
    } else {
      quoted += fmt::format("\\U{:08X}", NumberOf(character));
    }
  }
  return quoted + "\"";
}

}  // namespace duebook
