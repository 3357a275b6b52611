// Memory for columns of a history: large ones lie in large pages, and nothing is cleared before it is written. Touching
// new memory page by page is what most of loading a history would take otherwise.

#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "ledger/check.h"

namespace duebook {

template <class T>
class ColumnAllocator {
 public:
  using value_type = T;
  ColumnAllocator() = default;
  template <class U>
  ColumnAllocator(const ColumnAllocator<U>& /*other*/) noexcept {}  // NOLINT(google-explicit-constructor)

  T* allocate(size_t count) {
    if (!IsLarge(count)) return std::allocator<T>().allocate(count);
    const size_t bytes = (count * sizeof(T) + kPageBytes - 1) / kPageBytes * kPageBytes;
    void* memory = std::aligned_alloc(kPageBytes, bytes);
    CHECK(memory != nullptr);
    ::madvise(memory, bytes, MADV_HUGEPAGE);  // if it cannot be, pages are small
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t count) noexcept {
    if (IsLarge(count)) {
      std::free(memory);
    } else {
      std::allocator<T>().deallocate(memory, count);
    }
  }
  // Without arguments: left as it is, where the type allows that.
  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0) {
      ::new (static_cast<void*>(place)) U;
    } else {
      ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
    }
  }
  friend bool operator==(ColumnAllocator, ColumnAllocator) { return true; }

 private:
  static constexpr size_t kPageBytes = size_t{2} << 20;
  static bool IsLarge(size_t count) { return count * sizeof(T) >= kPageBytes; }
};

// One column.
template <class T>
using Values = std::vector<T, ColumnAllocator<T>>;

}  // namespace duebook
