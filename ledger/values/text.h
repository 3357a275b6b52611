// Text as the ledger accepts it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace duebook {

// Longest number of a document, customer or event, name of an actor or role: bytes of UTF-8 in NFC.
inline constexpr size_t kMaxNumberBytes = 64;
// Longest event id: one as callers give it, with the suffix (":12345") of those that the ledger adds to it.
inline constexpr size_t kMaxIdBytes = kMaxNumberBytes + 6;
// Longest prose (names, memos, reasons): bytes of UTF-8.
inline constexpr size_t kMaxProseBytes = 4096;

// The first eight bytes of the text as they would stand in memory; zeros where it has less.
inline uint64_t FirstEight(std::string_view text) {
  uint64_t eight = 0;
  if (text.size() >= sizeof(eight)) {
    std::memcpy(&eight, text.data(), sizeof(eight));
  } else if (uint32_t first = 0, last = 0; text.size() >= sizeof(first)) {
    std::memcpy(&first, text.data(), sizeof(first));
    std::memcpy(&last, text.data() + text.size() - sizeof(last), sizeof(last));
    eight = first | uint64_t{last} << 8 * (text.size() - sizeof(last));
  } else {
    for (size_t i = 0; i < text.size(); i++) eight |= uint64_t{static_cast<uint8_t>(text[i])} << 8 * i;
  }
  return eight;
}

// Well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
bool IsValidUtf8(std::string_view text);

// Appends a character, by its number in Unicode, which is not half of a pair.
void AppendUtf8(char32_t character, std::string* text);
// A control character (below U+0020, or U+007F), which numbers of documents and names of people never hold.
bool HasControlCharacter(std::string_view text);
// The text as it can be shown in a line, whatever it holds: controls, formats such as zero-width and bidi marks, and
// separators of lines are question marks, and so is every byte that is not ASCII, if the text is not UTF-8.
std::string Printable(std::string_view text);
// Columns that the text takes on a terminal: 2 for East Asian wide characters and emoji, 0 for combining marks.
size_t DisplayWidth(std::string_view text);

}  // namespace duebook
