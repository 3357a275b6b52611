// Text as the ledger accepts it.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duebook {

// Longest number of a document, customer or event, name of an actor or role: bytes of UTF-8.
inline constexpr size_t kMaxNumberBytes = 64;
// Longest event id: one as callers give it, with the suffix (":12345") of those that the ledger adds to it.
inline constexpr size_t kMaxIdBytes = kMaxNumberBytes + 6;
// Longest prose (names, memos, reasons): bytes of UTF-8.
inline constexpr size_t kMaxProseBytes = 4096;

// Well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
bool IsValidUtf8(std::string_view text);
// A control character (below U+0020, or U+007F), which numbers of documents and names of people never hold.
bool HasControlCharacter(std::string_view text);
// The text as it can be shown in a line, whatever it holds: control characters are question marks, and so is every byte
// that is not ASCII, if the text is not UTF-8.
std::string Printable(std::string_view text);
// Columns that the text takes on a terminal: 2 for East Asian wide characters and emoji, 0 for combining marks.
size_t DisplayWidth(std::string_view text);

}  // namespace duebook
