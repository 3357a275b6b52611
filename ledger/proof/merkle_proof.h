// Proofs about the Merkle tree of RFC 6962: that an event is in a tree of some size (inclusion), and that a tree has
// only grown since it had another size (consistency).
//
// Making a proof needs the tree's nodes; checking one needs the proof alone. Formulas: RFC 9162, sections 2.1.3 and
// 2.1.4, whose trees are the same.

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "ledger/values/hash.h"
#include "ledger/values/result.h"

namespace duebook {

// The hash of the complete subtree over the leaves index * 2^level and the 2^level - 1 after it (leaves count from 0).
// Asked only for subtrees that lie in the tree.
using NodeReader = std::function<Result<Hash>(int level, uint64_t index)>;

// The root that the tree had when it had `size` leaves. Reads at most 63 nodes.
Result<Hash> RootAtSize(uint64_t size, const NodeReader& node);

// The hashes beside the path from leaf `index` to the root of the tree of `size` leaves, from the leaf up. Requires
// index < size. Reads at most 2 * 63 nodes.
Result<std::vector<Hash>> ProveInclusion(uint64_t index, uint64_t size, const NodeReader& node);
// The hashes that lead from the root at `old_size` to the root at `size`. Requires 0 < old_size <= size; empty if they
// are the same.
Result<std::vector<Hash>> ProveConsistency(uint64_t old_size, uint64_t size, const NodeReader& node);

// Returns whether the proof shows that `leaf` is leaf `index` of the tree with this size and root.
bool VerifyInclusion(const Hash& leaf, uint64_t index, uint64_t size, std::span<const Hash> proof, const Hash& root);
// Returns whether the proof shows that the tree of `size` leaves begins with the tree of `old_size` leaves. The empty
// tree is the beginning of every tree, and its proof is empty.
bool VerifyConsistency(uint64_t old_size, const Hash& old_root, uint64_t size, const Hash& root,
                       std::span<const Hash> proof);

}  // namespace duebook
