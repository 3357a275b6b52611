// The hashes by which the books and the ids of events are looked up.

#pragma once

#include <xxhash.h>

#include <cstdint>
#include <string_view>

#include "ledger/event/event.h"

namespace duebook {

// What the books hold beside documents: a kind of its own for each.
inline constexpr char kNoKey = 0;
inline constexpr char kCustomerKey = 0x40;
inline constexpr char kControlKey = 0x41;
inline constexpr char kSchedulesKey = 0x42;

// `kind` is a DocumentKind, or one of those above.
inline uint64_t BooksHash(char kind, std::string_view number) {
  return XXH3_64bits_withSeed(number.data(), number.size(), static_cast<uint8_t>(kind));
}
inline uint64_t BooksHash(DocumentKind kind, std::string_view number) {
  return BooksHash(static_cast<char>(kind), number);
}

inline uint64_t EventIdHash(std::string_view id) { return XXH3_64bits(id.data(), id.size()); }

}  // namespace duebook
