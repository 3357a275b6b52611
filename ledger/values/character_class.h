// What a character is to whoever reads it. One table, by which names are judged (spelling.h), and texts are shown
// (text.h, and those who print reports).

#pragma once

#include <cstdint>

namespace duebook {

enum class CharacterClass {
  kSeen,
  kBlank,    // of any width
  kControl,  // category Cc
  // Zero-width joiner and non-joiner: not seen, but words of several scripts are misspelled without them.
  kJoiner,
  // Not seen: formats (among them those that turn the direction of a line), separators of lines, and what Unicode lists
  // as ignorable by default, such as fillers and variation selectors.
  kUnseen,
};

// `character` is a code point, or negative for a byte that is not UTF-8, which is seen.
CharacterClass ClassOf(int32_t character);

}  // namespace duebook
