// Numbers found by a 64-bit hash of whatever they stand for: eight bytes an entry, and mostly one line of the cache a
// look-up, an insertion, or a look-up of what is not there.
//
// Most of what recording an event costs is waiting for such lines. A table of hashes and values side by side, such as
// Abseil's, takes two, and three times the memory. Here a slot holds a number and as much of the hash as there is room
// for, its highest bits; where a slot belongs follows from those, so growing needs nothing but the slots. Numbers are
// expected to be dense: in a table of 2^n slots they have n bits, and the hash has the other 64 - n.
//
// What is found has to be confirmed, since two hashes may agree in the bits that are kept: of 16 million entries, one
// look-up in 30,000 finds one that it does not mean.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace duebook {

// Not thread-safe.
class NumbersByHash {
 public:
  NumbersByHash();

  size_t size() const { return size_; }

  // The number under the hash for which `is_it(number)` is true, which asks for those that may be it; 0 if there is
  // none.
  template <class IsIt>
  uint64_t Find(uint64_t hash, IsIt&& is_it) const {
    for (size_t at = Home(hash); slots_[at] != 0; at = Next(at)) {
      if (((slots_[at] ^ hash) & ~Mask()) == 0 && is_it(slots_[at] & Mask())) return slots_[at] & Mask();
    }
    return 0;
  }
  // number > 0. There may be others under the same hash.
  void Insert(uint64_t hash, uint64_t number);
  // Must be there.
  void Erase(uint64_t hash, uint64_t number);
  // Makes room for so many in all.
  void Reserve(size_t numbers);
  // Asks for the memory where the hash would be.
  void Prefetch(uint64_t hash) const { __builtin_prefetch(&slots_[Home(hash)]); }

 private:
  struct Free {
    void operator()(uint64_t* slots) const { std::free(slots); }
  };
  using Slots = std::unique_ptr<uint64_t[], Free>;  // by calloc, which need not clear what is clear

  uint64_t Mask() const { return (uint64_t{1} << bits_) - 1; }
  size_t Home(uint64_t hash) const { return hash >> (64 - bits_); }
  size_t Next(size_t at) const { return (at + 1) & Mask(); }
  int BitsFor(size_t numbers) const;
  void GrowTo(int bits);
  void Place(uint64_t slot);

  int bits_;     // of a place, and of a number
  Slots slots_;  // 2^bits_; 0: free
  size_t size_ = 0;
};

}  // namespace duebook
