#include "ledger/proof/merkle_proof.h"

#include <bit>

#include "ledger/values/check.h"

namespace duebook {

namespace {

// The hash over leaves start..end-1, where start is a multiple of the largest power of two in the range: the root of a
// tree of its own. Complete parts are read, the rest follows from them.
Result<Hash> RangeHash(uint64_t start, uint64_t end, const NodeReader& node) {
  CHECK(start < end);
  std::vector<Hash> parts;
  while (start < end) {
    const int level = std::bit_width(end - start) - 1;
    auto part = node(level, start >> level);
    RETURN_IF_ERROR(part);
    parts.push_back(*part);
    start += uint64_t{1} << level;
  }
  Hash hash = parts.back();
  for (size_t i = parts.size() - 1; i > 0; i--) hash = NodeHash(parts[i - 1], hash);
  return hash;
}

// The largest power of two smaller than `size`: how many leaves are left of the root.
uint64_t LeftLeaves(uint64_t size) { return std::bit_floor(size - 1); }

}  // namespace

Result<Hash> RootAtSize(uint64_t size, const NodeReader& node) {
  if (size == 0) return Sha256({});
  return RangeHash(0, size, node);
}

Result<std::vector<Hash>> ProveInclusion(uint64_t index, uint64_t size, const NodeReader& node) {
  CHECK(index < size);
  std::vector<Hash> from_root;
  uint64_t start = 0;
  uint64_t end = size;
  while (end - start > 1) {
    const uint64_t middle = start + LeftLeaves(end - start);
    const bool left = index < middle;
    auto beside = left ? RangeHash(middle, end, node) : RangeHash(start, middle, node);
    RETURN_IF_ERROR(beside);
    from_root.push_back(*beside);
    (left ? end : start) = middle;
  }
  return std::vector<Hash>(from_root.rbegin(), from_root.rend());
}

Result<std::vector<Hash>> ProveConsistency(uint64_t old_size, uint64_t size, const NodeReader& node) {
  CHECK(0 < old_size && old_size <= size);
  std::vector<Hash> from_root;
  uint64_t start = 0;
  uint64_t end = size;
  // Down to the subtree at whose end the old tree ends. The old root is known to whoever checks, so it is not repeated
  // where that subtree is the whole old tree (start == 0).
  while (end != old_size) {
    const uint64_t middle = start + LeftLeaves(end - start);
    const bool left = old_size <= middle;
    auto beside = left ? RangeHash(middle, end, node) : RangeHash(start, middle, node);
    RETURN_IF_ERROR(beside);
    from_root.push_back(*beside);
    (left ? end : start) = middle;
  }
  if (start != 0) {
    auto last = RangeHash(start, end, node);
    RETURN_IF_ERROR(last);
    from_root.push_back(*last);
  }
  return std::vector<Hash>(from_root.rbegin(), from_root.rend());
}

bool VerifyInclusion(const Hash& leaf, uint64_t index, uint64_t size, std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return false;
  uint64_t place = index;
  uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& beside : proof) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      hash = NodeHash(beside, hash);
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      hash = NodeHash(hash, beside);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool VerifyConsistency(uint64_t old_size, const Hash& old_root, uint64_t size, const Hash& root,
                       std::span<const Hash> proof) {
  if (old_size > size) return false;
  if (old_size == 0) return proof.empty() && old_root == Sha256({});
  if (old_size == size) return proof.empty() && old_root == root;
  std::vector<Hash> path(proof.begin(), proof.end());
  if (std::has_single_bit(old_size)) path.insert(path.begin(), old_root);
  if (path.empty()) return false;
  uint64_t place = old_size - 1;
  uint64_t last = size - 1;
  while ((place & 1) != 0) {
    place >>= 1;
    last >>= 1;
  }
  Hash old_hash = path.front();
  Hash hash = path.front();
  for (size_t i = 1; i < path.size(); i++) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      old_hash = NodeHash(path[i], old_hash);
      hash = NodeHash(path[i], hash);
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      hash = NodeHash(hash, path[i]);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace duebook
