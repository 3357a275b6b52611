#include "ledger/values/numbers_by_hash.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/lack_of_memory.h"

namespace duebook {
namespace {

constexpr int kFirstBits = 4;
// Places and numbers take no more than half of a slot each, so that what is left of a hash says where it belongs.
constexpr int kMostBits = 31;

}  // namespace

NumbersByHash::NumbersByHash() : bits_(0) { GrowTo(kFirstBits); }

// Five of eight slots: most runs of slots that are taken end on the line of the cache on which they begin.
int NumbersByHash::BitsFor(size_t numbers) const {
  int bits = bits_;
  while (numbers > (size_t{1} << bits) / 8 * 5) bits++;
  return bits;
}

void NumbersByHash::GrowTo(int bits) {
  if (bits <= bits_) return;
  const size_t slots = slots_ == nullptr ? 0 : size_t{1} << bits_;
  const uint64_t mask = Mask();
  bits_ = bits;
  CHECK(bits_ <= kMostBits);
  const Slots before = std::exchange(slots_, Slots(static_cast<uint64_t*>(std::calloc(size_t{1} << bits_, 8))));
  if (slots_ == nullptr) EndForLackOfMemory();
  for (size_t i = 0; i < slots; i++) {
    if (before[i] != 0) Place((before[i] & ~Mask()) | (before[i] & mask));
  }
}

void NumbersByHash::Place(uint64_t slot) {
  size_t at = Home(slot);
  while (slots_[at] != 0) at = Next(at);
  slots_[at] = slot;
}

void NumbersByHash::Insert(uint64_t hash, uint64_t number) {
  CHECK(number > 0);
  size_++;
  GrowTo(std::max(BitsFor(size_), static_cast<int>(std::bit_width(number))));
  Place((hash & ~Mask()) | number);
}

// Slots behind it move up, as far as where they belong, so that every run of taken slots stays without gaps.
void NumbersByHash::Erase(uint64_t hash, uint64_t number) {
  const uint64_t slot = (hash & ~Mask()) | number;
  size_t gap = Home(hash);
  while (slots_[gap] != slot) {
    CHECK(slots_[gap] != 0);
    gap = Next(gap);
  }
  for (size_t at = Next(gap); slots_[at] != 0; at = Next(at)) {
    const size_t from_home = (at - Home(slots_[at])) & Mask();
    const size_t from_gap = (at - gap) & Mask();
    if (from_home >= from_gap) slots_[std::exchange(gap, at)] = slots_[at];
  }
  slots_[gap] = 0;
  size_--;
}

void NumbersByHash::Reserve(size_t numbers) { GrowTo(BitsFor(numbers)); }

}  // namespace duebook
