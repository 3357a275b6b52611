// Asking for memory ahead: most of what handling an event takes is waiting for the lines of the cache that it lies on.

#pragma once

#include <cstddef>
#include <string_view>

namespace duebook {

// Asks for all of the bytes, without waiting for them.
inline void Prefetch(std::string_view bytes) {
  constexpr size_t kCacheLine = 64;
  for (size_t i = 0; i < bytes.size(); i += kCacheLine) __builtin_prefetch(bytes.data() + i);
}

}  // namespace duebook
