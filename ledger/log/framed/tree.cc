// The Merkle tree's nodes, from its rows and the newest events.

#include <fmt/core.h>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"

namespace duebook {

Result<std::optional<TreeRow>> FramedEventLog::ReadTreeRow(int tile_level, uint64_t index) const {
  const auto value = rows_->Get(RowTable::kTree, TreeRowKey(tile_level, index));
  RETURN_IF_ERROR(value);
  return value->has_value() ? DecodeTreeRow(tile_level, index, **value) : std::optional<TreeRow>();
}

Result<std::vector<Hash>> FramedEventLog::ReadTreeHashes(int tile_level, uint64_t first, uint64_t count) const {
  std::vector<Hash> hashes;
  if (tile_level == 0) {
    RETURN_IF_ERROR(Scan(first + 1, first + count, [&](EventView event) {
      hashes.push_back(LeafHash(event.bytes()));
      return true;
    }));
    if (hashes.size() != count) return Damaged(fmt::format("events from {} on are missing", first + 1));
    return hashes;
  }
  for (uint64_t index = first; index < first + count; index++) {
    const auto row = ReadTreeRow(tile_level, index);
    RETURN_IF_ERROR(row);
    if (!row->has_value()) return Damaged("a row of the Merkle tree is missing");
    hashes.push_back((*row)->hash);
  }
  return hashes;
}

Result<Hash> FramedEventLog::TreeNode(int level, uint64_t index) const {
  CHECK(level >= 0 && level < 64);
  const uint64_t size = last_seq();
  if (index >= (size >> level)) {
    return Error{ErrorCode::kNotFound,
                 fmt::format("the tree of {} events has no node {} on level {}", size, index, level), ""};
  }
  const int levels = level % kLevelsPerTile;
  const auto hashes = ReadTreeHashes(level / kLevelsPerTile, index << levels, uint64_t{1} << levels);
  RETURN_IF_ERROR(hashes);
  return RootOfHashes(*hashes, 0, levels);
}

Result<MerkleFrontier> FramedEventLog::ReadFrontier(uint64_t size) const {
  std::vector<Hash> subtrees;
  for (int level = 63; level >= 0; level--) {
    if ((size >> level & 1) == 0) continue;
    auto subtree = TreeNode(level, (size >> level) - 1);
    RETURN_IF_ERROR(subtree);
    subtrees.push_back(*subtree);
  }
  return MerkleFrontier(size, std::move(subtrees));
}

Result<std::string> FramedEventLog::ReadMarks(uint64_t size) const {
  const uint64_t open = size % kTileHashes;
  const auto leaves = ReadTreeHashes(0, size - open, open);
  RETURN_IF_ERROR(leaves);
  std::string marks;
  for (const Hash& leaf : *leaves) AddMark(leaf, &marks);
  return marks;
}

}  // namespace duebook
