// How ids, numbers, users and roles are spelled. What looks the same has to be the same: another spelling of a name
// would be another customer, or another person who may approve what the first one asked for.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/command/rejection.h"

namespace duebook {

// The text in Unicode's normal form C; what is not UTF-8 as it is. Cost: that of a copy where all characters are Latin
// or Chinese.
std::string Nfc(std::string_view text);
// Returns whether the text is in that form already, as most are.
bool IsNfc(std::string_view text);
// Returns whether both are the same name, however their accents are composed.
bool IsSameName(std::string_view a, std::string_view b);

// Returns the text as searches compare it: upper and lower case, full and half width, and other forms that Unicode
// holds compatible are the same.
std::string FoldedForSearch(std::string_view text);

// Returns what is wrong with a name, which has to be UTF-8 in NFC: it holds characters that are not seen (controls,
// zero-width and bidi marks, fillers, separators of lines), or has blanks of any kind at its ends. "holds U+200B, which
// is not seen"; nothing if it is good.
std::optional<std::string> WrongWithName(std::string_view text);
// The same for prose, which may have tabs and lines (also such as end with CR LF), and whatever its language needs but
// overrides of its direction.
std::optional<std::string> WrongWithProse(std::string_view text);

// Returns what a door says of a name that is about to be introduced, in any spelling; nothing if it is good. A name is
// good from 1 to `max_bytes` bytes, counted in NFC.
std::optional<Rejection> JudgeNewName(std::string_view field, std::string_view text, size_t max_bytes);

}  // namespace duebook
