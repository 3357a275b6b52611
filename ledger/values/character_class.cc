#include "ledger/values/character_class.h"

#include <utf8proc.h>

namespace duebook {

namespace {

// Code points that Unicode leaves to programs: they stand for nothing, and XML may not hold some of them.
bool IsNoncharacter(int32_t character) {
  return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
}

}  // namespace

CharacterClass ClassOf(int32_t character) {
  if (character > 0x20 && character < 0x7f) return CharacterClass::kSeen;  // most are
  switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_CC:
      return CharacterClass::kControl;
    case UTF8PROC_CATEGORY_ZS:
      return CharacterClass::kBlank;
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return character == 0x200c || character == 0x200d ? CharacterClass::kJoiner : CharacterClass::kUnseen;
    default:
      if (character >= 0 && IsNoncharacter(character)) return CharacterClass::kUnseen;
      return utf8proc_get_property(character)->ignorable != 0 ? CharacterClass::kUnseen : CharacterClass::kSeen;
  }
}

}  // namespace duebook
