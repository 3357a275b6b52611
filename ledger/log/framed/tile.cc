#include "ledger/log/framed/tile.h"

#include <cstring>
#include <utility>

#include "ledger/log/framed/layout.h"
#include "ledger/values/check.h"

namespace duebook {

std::string TreeRowKey(int tile_level, uint64_t index) { return static_cast<char>(tile_level) + SeqKey(index); }

std::string EncodeTreeRow(const TreeRow& row) {
  std::string value(reinterpret_cast<const char*>(row.hash.data()), row.hash.size());
  return value += row.marks;
}

std::optional<TreeRow> DecodeTreeRow(int tile_level, uint64_t index, std::string_view value) {
  const size_t marks = tile_level == 1 ? kTileHashes * kMarkBytes : 0;
  if (value.size() != sizeof(Hash) + marks) return std::nullopt;
  TreeRow row{tile_level, index, {}, std::string(value.substr(sizeof(Hash)))};
  std::memcpy(row.hash.data(), value.data(), sizeof(Hash));
  return row;
}

uint64_t CountTreeRows(uint64_t size) {
  uint64_t rows = 0;
  while (size >= kTileHashes) rows += size /= kTileHashes;
  return rows;
}

void AddMark(const Hash& leaf, std::string* marks) {
  marks->append(reinterpret_cast<const char*>(leaf.data()), kMarkBytes);
}

Hash RootOfHashes(const std::vector<Hash>& hashes, size_t first, int levels) {
  if (levels == 0) {
    CHECK(first < hashes.size());
    return hashes[first];
  }
  const size_t half = size_t{1} << (levels - 1);
  return NodeHash(RootOfHashes(hashes, first, levels - 1), RootOfHashes(hashes, first + half, levels - 1));
}

GrowingTree::GrowingTree(MerkleFrontier tree, std::string marks)
    : frontier_(std::move(tree)), marks_(std::move(marks)) {
  CHECK(marks_.size() == frontier_.size() % kTileHashes * kMarkBytes);
}

void GrowingTree::Append(const Hash& leaf) {
  AddMark(leaf, &marks_);
  const uint64_t size = frontier_.size() + 1;
  frontier_.Append(leaf, [&](int level, const Hash& hash) {
    if (level == 0 || level % kLevelsPerTile != 0) return;
    const int tile_level = level / kLevelsPerTile;
    rows_.push_back({tile_level, (size >> level) - 1, hash, tile_level == 1 ? std::exchange(marks_, {}) : ""});
  });
}

std::vector<TreeRow> GrowingTree::TakeRows() { return std::exchange(rows_, {}); }

}  // namespace duebook
