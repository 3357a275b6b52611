// Finds rows by the event that introduced them: a bit for every event, and how many bits are set before each 64 of
// them. One or two lines of the cache a look-up; a binary search in a column of seqs takes twenty steps, each a branch
// that no processor foresees, and folding looks up two rows an event.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace duebook {

class RowsBySeq {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  // Rows come one after the other; seqs ascend.
  void Add(uint64_t seq, uint32_t row) {
    const size_t place = seq / kBlockSeqs;
    if (place >= blocks_.size()) blocks_.resize(place + 1);
    if (blocks_[place] == nullptr) blocks_[place] = std::make_unique<Block>(Block{row, {}, {}});
    Block& block = *blocks_[place];
    const size_t word = seq % kBlockSeqs / 64;
    if (block.bits[word] == 0) block.rows_before[word] = static_cast<uint16_t>(row - block.first_row);
    block.bits[word] |= uint64_t{1} << seq % 64;
  }

  // kAbsent if no row was added for that event.
  uint32_t Find(uint64_t seq) const {
    const size_t place = seq / kBlockSeqs;
    if (place >= blocks_.size() || blocks_[place] == nullptr) return kAbsent;
    const Block& block = *blocks_[place];
    const size_t word = seq % kBlockSeqs / 64;
    const uint64_t bit = uint64_t{1} << seq % 64;
    if ((block.bits[word] & bit) == 0) return kAbsent;
    const int before = std::popcount(block.bits[word] & (bit - 1));
    return block.first_row + block.rows_before[word] + static_cast<uint32_t>(before);
  }

 private:
  static constexpr size_t kWords = 64;
  static constexpr uint64_t kBlockSeqs = kWords * 64;

  struct Block {
    uint32_t first_row;
    std::array<uint16_t, kWords> rows_before;  // in the block, before the first of a word; where it has any
    std::array<uint64_t, kWords> bits;
  };
  std::vector<std::unique_ptr<Block>> blocks_;  // null where no event introduced a row
};

}  // namespace duebook
