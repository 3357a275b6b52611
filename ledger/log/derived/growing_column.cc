#include "ledger/log/derived/growing_column.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"
#include "ledger/values/lack_of_memory.h"

namespace duebook {

namespace {

constexpr size_t kLeastCapacity = size_t{16} << 10;

// Returns for how many bytes of further rows a column takes addresses, so that it need not be copied when it goes on:
// few where the process may not have many, as others need some too.
size_t RoomAhead() {
  rlimit addresses{};
  const bool is_limited = ::getrlimit(RLIMIT_AS, &addresses) != 0 || addresses.rlim_cur != RLIM_INFINITY;
  return is_limited ? kLeastCapacity : size_t{256} << 20;
}

char* Allocate(size_t bytes) {
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

ColumnMemory::Block::Block(size_t capacity_bytes, bool is_wide)
    : bytes(Allocate(capacity_bytes)), capacity(capacity_bytes), wide(is_wide) {}

ColumnMemory::Block::~Block() {
  if (bytes != nullptr) ::munmap(bytes, capacity);
}

ColumnMemory::ColumnMemory(size_t narrow_width, size_t wide_width)
    : narrow_width_(narrow_width), wide_width_(wide_width) {
  Replace(std::make_unique<Block>());
}

ColumnMemory::~ColumnMemory() = default;

std::unique_ptr<ColumnMemory::Block> ColumnMemory::MakeBlock(size_t capacity, bool wide) {
  auto block = std::make_unique<Block>(capacity, wide);
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

void ColumnMemory::Reserve() {
  const size_t room = RoomAhead();
  if (capacity_ >= room) return;
  auto block = std::make_unique<Block>(room, is_wide());
  if (block->bytes != nullptr) CopyTo(std::move(block));
}

Status ColumnMemory::TakeStored(int descriptor, size_t mapped_bytes, std::string_view rest, size_t rows, bool wide) {
  CHECK(size() == 0 && mapped_bytes + rest.size() == rows * WidthOf(wide));
  const size_t bytes = mapped_bytes + rest.size();
  auto block = std::make_unique<Block>(bytes + RoomAhead(), wide);
  if (block->bytes == nullptr) block = MakeBlock(bytes + kLeastCapacity, wide);
  char* const begin = block->bytes;
  Replace(std::move(block));
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
  if (bytes > mapped_ && MapOver(writable_ + mapped_, descriptor, mapped_, bytes - mapped_)) mapped_ = bytes;
}

void ColumnMemory::BeginComparing() {
  CHECK(size() == stored_);
  SetSize(0);
}

}  // namespace duebook
