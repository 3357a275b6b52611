#include "ledger/log/derived/growing_column.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <cstdlib>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"
#include "ledger/values/lack_of_memory.h"

namespace duebook {

namespace {

constexpr size_t kLeastCapacity = size_t{4} << 10;
constexpr size_t kMostOnHeap = size_t{64} << 10;  // less than what is mapped of a column of a large ledger

// Returns for how many bytes of further rows a column takes addresses: none where the process may not have many, as
// others need some too.
size_t RoomAhead() {
  rlimit addresses{};
  const bool is_limited = ::getrlimit(RLIMIT_AS, &addresses) != 0 || addresses.rlim_cur != RLIM_INFINITY;
  return is_limited ? 0 : size_t{256} << 20;
}

char* TakePages(size_t bytes) {
  void* const memory =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory);
}

// Puts bytes of the file in the place of memory, without a moment in which nothing is there. They are mapped elsewhere
// first: where a file cannot be mapped, mmap in that place would have taken away what was there before it failed.
bool MapOver(char* memory, int descriptor, size_t offset, size_t bytes) {
  void* const mapped = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, descriptor, static_cast<off_t>(offset));
  if (mapped == MAP_FAILED) return false;
  if (::mremap(mapped, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, memory) != MAP_FAILED) return true;
  ::munmap(mapped, bytes);
  return false;
}

}  // namespace

ColumnMemory::Block::Block(size_t capacity_bytes, bool is_wide, Place of_bytes)
    : bytes(of_bytes == Place::kHeap ? static_cast<char*>(std::malloc(capacity_bytes)) : TakePages(capacity_bytes)),
      capacity(capacity_bytes),
      wide(is_wide),
      place(of_bytes) {}

ColumnMemory::Block::~Block() {
  if (place == Place::kHeap) {
    std::free(bytes);
  } else if (bytes != nullptr) {
    ::munmap(bytes, capacity);
  }
}

ColumnMemory::ColumnMemory(size_t narrow_width, size_t wide_width)
    : narrow_width_(narrow_width), wide_width_(wide_width) {
  Replace(std::make_unique<Block>());
}

ColumnMemory::~ColumnMemory() = default;

std::unique_ptr<ColumnMemory::Block> ColumnMemory::MakeBlock(size_t capacity, bool wide) {
  if (capacity > kMostOnHeap) return MakeOwnPages(capacity, wide);
  auto block = std::make_unique<Block>(capacity, wide, Block::Place::kHeap);
  if (block->bytes == nullptr) EndForLackOfMemory();
  return block;
}

std::unique_ptr<ColumnMemory::Block> ColumnMemory::MakeOwnPages(size_t capacity, bool wide) {
  auto block = std::make_unique<Block>(capacity + RoomAhead(), wide, Block::Place::kOwnPages);
  if (block->bytes == nullptr) block = std::make_unique<Block>(capacity, wide, Block::Place::kOwnPages);
  if (block->bytes == nullptr) EndForLackOfMemory();
  return block;
}

void ColumnMemory::Replace(std::unique_ptr<Block> block) {
  writable_ = block->bytes;
  capacity_ = block->capacity;
  mapped_ = 0;
  block_.store(block.get(), std::memory_order_release);
  blocks_.push_back(std::move(block));
}

void ColumnMemory::CopyTo(std::unique_ptr<Block> block) {
  const size_t used = size() * width();
  if (used > 0) std::memcpy(block->bytes, bytes(), used);
  Replace(std::move(block));
}

void ColumnMemory::Grow(size_t bytes) { CopyTo(MakeBlock(std::max(2 * bytes, kLeastCapacity), is_wide())); }

Status ColumnMemory::TakeStored(int descriptor, size_t mapped_bytes, std::string_view rest, size_t rows, bool wide) {
  CHECK(size() == 0 && mapped_bytes + rest.size() == rows * WidthOf(wide));
  const size_t capacity = mapped_bytes + rest.size() + kLeastCapacity;
  Replace(mapped_bytes > 0 ? MakeOwnPages(capacity, wide) : MakeBlock(capacity, wide));
  char* const begin = writable_;
  if (mapped_bytes > 0 && MapOver(begin, descriptor, 0, mapped_bytes)) {
    mapped_ = mapped_bytes;
  } else if (ReadUpTo(descriptor, 0, mapped_bytes, begin) != mapped_bytes) {
    return Error{ErrorCode::kUnavailable, "a column cannot be read", ""};
  }
  if (!rest.empty()) std::memcpy(begin + mapped_bytes, rest.data(), rest.size());
  stored_ = rows;
  SetSize(rows);
  return Status();
}

void ColumnMemory::MapWritten(int descriptor, size_t bytes) {
  if (block().place == Block::Place::kHeap) return;
  if (bytes > mapped_ && MapOver(writable_ + mapped_, descriptor, mapped_, bytes - mapped_)) mapped_ = bytes;
}

void ColumnMemory::BeginComparing() {
  CHECK(size() == stored_);
  SetSize(0);
}

}  // namespace duebook
