// Asking for memory ahead: most of what handling an event takes is waiting for the lines of the cache that it lies on.

#pragma once

#include <cstddef>
#include <string_view>

namespace duebook {

// Asks for what lies at an address, without waiting for it.
inline void PrefetchAt(const void* address) { __builtin_prefetch(address); }

// Asks for all of the bytes, likewise.
inline void Prefetch(std::string_view bytes) {
  constexpr size_t kCacheLine = 64;
  for (size_t i = 0; i < bytes.size(); i += kCacheLine) PrefetchAt(bytes.data() + i);
}

}  // namespace duebook
