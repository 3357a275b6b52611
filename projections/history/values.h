// Memory for columns of a history. On a virtual machine, touching new memory page by page takes longer than reading and
// decompressing what is put there: so nothing is cleared before it is written, and what is loaded as a whole goes into
// large pages.

#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace duebook {

// Leaves elements that are made without arguments as they are, where their type allows that.
template <class T>
class UnclearedAllocator : public std::allocator<T> {
 public:
  template <class U>
  struct rebind {
    using other = UnclearedAllocator<U>;
  };
  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0) {
      ::new (static_cast<void*>(place)) U;
    } else {
      ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
    }
  }
};

// One column.
template <class T>
using Values = std::vector<T, UnclearedAllocator<T>>;

// Asks for large pages where this memory has none yet. If there are none to be had, nothing is lost but time. Not for
// arrays that grow by being copied: each copy would clear its large pages first.
inline void PreferLargePages(void* memory, size_t bytes) {
  constexpr uintptr_t kLargePage = uintptr_t{2} << 20;
  const auto start = (reinterpret_cast<uintptr_t>(memory) + kLargePage - 1) / kLargePage * kLargePage;
  const auto end = (reinterpret_cast<uintptr_t>(memory) + bytes) / kLargePage * kLargePage;
  if (start < end) ::madvise(reinterpret_cast<void*>(start), end - start, MADV_HUGEPAGE);
}

}  // namespace duebook
