// The Merkle tree of RFC 6962 over all events by seq, kept as it grows.
//
// Only the frontier is kept: the roots of the complete subtrees that the size's binary digits stand for, largest first.
// Appending a leaf costs one node hash on average; the root costs one node hash for each part of the frontier (at most
// 63).

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/hash.h"

namespace duebook {

class MerkleFrontier {
 public:
  uint64_t size() const { return size_; }
  // `completed(level, hash)` hears of each complete subtree of 2^level leaves that ends with this leaf, itself first.
  template <class Completed>
  void Append(const Hash& leaf, Completed completed) {
    Hash subtree = leaf;
    int level = 0;
    completed(level, subtree);
    // Each trailing one of the old size is a complete subtree that the new leaf completes to one twice as large.
    for (uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
      subtree = NodeHash(subtrees_.back(), subtree);
      subtrees_.pop_back();
      completed(++level, subtree);
    }
    subtrees_.push_back(subtree);
    size_++;
  }
  void Append(const Hash& leaf) {
    Append(leaf, [](int, const Hash&) {});
  }
  // Returns the root; of the empty tree, SHA-256 of nothing.
  Hash Root() const;
  // Largest first; their sizes are the powers of two that make up size().
  const std::vector<Hash>& subtrees() const { return subtrees_; }

  // Requires the subtrees of a tree of this size, as above.
  MerkleFrontier(uint64_t size, std::vector<Hash> subtrees);
  MerkleFrontier() = default;

  // size (8 bytes, big-endian), then 32 bytes for each subtree, largest first.
  std::string Encode() const;
  static std::optional<MerkleFrontier> Decode(std::string_view bytes);

 private:
  uint64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

}  // namespace duebook
