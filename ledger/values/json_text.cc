#include "ledger/values/json_text.h"

#include <cstdint>

namespace duebook {
namespace {

void AppendEscaped(char c, std::string* json) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  switch (c) {
    case '"':
      json->append("\\\"");
      return;
    case '\\':
      json->append("\\\\");
      return;
    case '\n':
      json->append("\\n");
      return;
    case '\r':
      json->append("\\r");
      return;
    case '\t':
      json->append("\\t");
      return;
    default:
      json->append("\\u00");
      json->push_back(kDigits[static_cast<uint8_t>(c) >> 4]);
      json->push_back(kDigits[static_cast<uint8_t>(c) & 15]);
  }
}

}  // namespace

void AppendJsonText(std::string_view text, std::string* json) {
  json->push_back('"');
  size_t copied = 0;
  for (size_t i = 0; i < text.size(); i++) {
    const char c = text[i];
    if (c != '"' && c != '\\' && static_cast<uint8_t>(c) >= 0x20 && c != 0x7f) continue;
    json->append(text.substr(copied, i - copied));
    AppendEscaped(c, json);
    copied = i + 1;
  }
  json->append(text.substr(copied));
  json->push_back('"');
}

}  // namespace duebook
