// Text of a ledger as it is shown to people.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duebook {

// The text on one line, with nothing in it that acts rather than shows, or that would not be seen: ASCII control
// characters are spaces; C1 control characters, and what is CharacterClass::kUnseen, are written as escapes, "\u202e".
// The ledger refuses most of these where they are new; what was recorded earlier may hold them. Joiners stay: names in
// several scripts need them. Bytes that are not UTF-8 stay as they are.
std::string ShownText(std::string_view text);
// The same line by line.
std::string ShownLines(std::string_view text);

// The text, or as many of its characters as have this many bytes, with an ellipsis behind them.
std::string Shortened(std::string_view text, size_t most_bytes);

}  // namespace duebook
