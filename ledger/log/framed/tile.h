// The Merkle tree in column family `tree`.
//
// A row of level t >= 1 is the hash of one complete subtree of 256^t events. The 256 rows below one row of the next
// level are a tile, as in C2SP tlog-tiles: they lie beside each other, and from them follow the seven levels of nodes
// above them. So the path of any event is read from one tile for every eight levels.
//
// The tile of level 0, the hashes of 256 events, is not stored: it follows from two or three frames of the log, and at
// 32 bytes an event it would take a quarter of the disk. Only the first two bytes of each are kept, in the row above
// them, or for the newest events in the row "marks" of the default family, so that verification can tell which of the
// 256 was changed.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/proof/merkle_tree.h"
#include "ledger/values/hash.h"

namespace duebook {

inline constexpr uint64_t kTileHashes = 256;
inline constexpr int kLevelsPerTile = 8;
inline constexpr size_t kMarkBytes = 2;

// level (1 byte), index (8 bytes, big-endian)
std::string TreeRowKey(int tile_level, uint64_t index);

// Value: the subtree's hash (32 bytes); on level 1 followed by the marks of its 256 leaves (2 bytes each).
struct TreeRow {
  int tile_level = 1;
  uint64_t index = 0;
  Hash hash{};
  std::string marks;  // empty above level 1
};
std::string EncodeTreeRow(const TreeRow& row);
// Nothing if the bytes are not those of a row of this level.
std::optional<TreeRow> DecodeTreeRow(int tile_level, uint64_t index, std::string_view value);

// How many rows a tree of this size has.
uint64_t CountTreeRows(uint64_t size);

// Appends the first bytes of a leaf.
void AddMark(const Hash& leaf, std::string* marks);

// The root of hashes[first .. first + 2^levels - 1]. Requires that they are there.
Hash RootOfHashes(const std::vector<Hash>& hashes, size_t first, int levels);

// A tree that grows, and the rows that it completes.
class GrowingTree {
 public:
  GrowingTree() = default;
  // `marks`: of the leaves since the last complete 256. Requires as many as the size says.
  GrowingTree(MerkleFrontier tree, std::string marks);

  const MerkleFrontier& frontier() const { return frontier_; }
  // Returns the marks of the leaves since the last complete 256.
  const std::string& marks() const { return marks_; }
  void Append(const Hash& leaf);
  // Takes the rows completed since the last call.
  std::vector<TreeRow> TakeRows();

 private:
  MerkleFrontier frontier_;
  std::string marks_;
  std::vector<TreeRow> rows_;
};

}  // namespace duebook
