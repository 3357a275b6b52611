#include "ledger/command/spelling.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "ledger/values/character_class.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"

namespace duebook {
namespace {

// Calls visit(character) for each, until it answers false; for a byte that is not UTF-8 with a negative one.
template <class Visit>
void ForEachCharacter(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    utf8proc_int32_t character = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &character);
    if (!visit(length > 0 ? character : -1)) return;
    text.remove_prefix(length > 0 ? static_cast<size_t>(length) : 1);
  }
}

// Latin letters, and Chinese characters: in NFC whatever stands beside them.
bool IsCommon(utf8proc_int32_t character) {
  return (character >= 0 && character < 0x300) || (character >= 0x3400 && character <= 0x9fff);
}

bool HasCommonOnly(std::string_view text) {
  bool common = true;
  ForEachCharacter(text, [&](utf8proc_int32_t character) { return common = IsCommon(character); });
  return common;
}

bool IsOverride(utf8proc_int32_t character) { return character == 0x202d || character == 0x202e; }

// Returns the text in the form that these options of utf8proc make of it; what is not UTF-8, as it is.
std::string Mapped(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &mapped, static_cast<utf8proc_option_t>(options));
  if (size < 0) return std::string(text);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  return {reinterpret_cast<const char*>(mapped), static_cast<size_t>(size)};
}

}  // namespace

bool IsNfc(std::string_view text) { return HasCommonOnly(text) || Nfc(text) == text; }

std::string Nfc(std::string_view text) {
  return HasCommonOnly(text) ? std::string(text) : Mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

bool IsSameName(std::string_view a, std::string_view b) { return a == b || Nfc(a) == Nfc(b); }

std::string FoldedForSearch(std::string_view text) {
  return Mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
}

std::optional<std::string> WrongWithName(std::string_view text) {
  std::optional<std::string> wrong;
  CharacterClass first_class = CharacterClass::kSeen;
  CharacterClass last_class = CharacterClass::kSeen;
  bool begins = true;
  ForEachCharacter(text, [&](utf8proc_int32_t character) {
    last_class = ClassOf(character);
    if (std::exchange(begins, false)) first_class = last_class;
    if (last_class == CharacterClass::kControl) wrong = "holds a control character";
    if (last_class == CharacterClass::kJoiner || last_class == CharacterClass::kUnseen) {
      wrong = fmt::format("holds U+{:04X}, which is not seen", character);
    }
    return !wrong.has_value();
  });
  const bool blank = first_class == CharacterClass::kBlank || last_class == CharacterClass::kBlank;
  if (!wrong.has_value() && blank) wrong = "has blanks at its ends";
  return wrong;
}

std::optional<std::string> WrongWithProse(std::string_view text) {
  std::optional<std::string> wrong;
  utf8proc_int32_t last = 0;
  ForEachCharacter(text, [&](utf8proc_int32_t character) {
    const bool ends_line = last == '\r' && character == '\n';
    if (last == '\r' && !ends_line) wrong = "holds a control character";
    if (ClassOf(character) == CharacterClass::kControl && character != '\t' && character != '\n' && character != '\r') {
      wrong = "holds a control character";
    }
    if (IsOverride(character)) wrong = fmt::format("holds U+{:04X}, which turns the text that follows", character);
    last = character;
    return !wrong.has_value();
  });
  if (!wrong.has_value() && last == '\r') wrong = "holds a control character";
  return wrong;
}

std::optional<Rejection> JudgeNewName(std::string_view field, std::string_view text, size_t max_bytes) {
  if (!IsValidUtf8(text)) {
    return Rejection{RejectionCode::kBadUtf8, fmt::format("{} {} is not UTF-8", field, Quoted(text)),
                     std::string(field)};
  }
  if (text.empty()) {
    return Rejection{RejectionCode::kMissingField, fmt::format("{} is missing", field), std::string(field)};
  }
  const std::string spelled = Nfc(text);
  if (spelled.size() > max_bytes) {
    return Rejection{RejectionCode::kTooLong,
                     fmt::format("{} has {} bytes; at most {} are allowed", field, spelled.size(), max_bytes),
                     std::string(field)};
  }
  if (const auto wrong = WrongWithName(spelled)) {
    return Rejection{RejectionCode::kBadField, fmt::format("{} {} {}", field, Quoted(text), *wrong),
                     std::string(field)};
  }
  return std::nullopt;
}

}  // namespace duebook
