#include "ledger/log/framed/tile.h"

#include <gtest/gtest.h>

#include <map>

#include "ledger/proof/merkle_proof.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

Hash Leaf(uint64_t index) { return LeafHash(std::to_string(index)); }

// Every level of the tree of `size` leaves: only complete nodes.
std::vector<std::vector<Hash>> LevelsOf(uint64_t size) {
  std::vector<std::vector<Hash>> levels(1);
  for (uint64_t index = 0; index < size; index++) levels[0].push_back(Leaf(index));
  while (levels.back().size() > 1) {
    std::vector<Hash> next;
    for (size_t i = 0; i + 1 < levels.back().size(); i += 2) {
      next.push_back(NodeHash(levels.back()[i], levels.back()[i + 1]));
    }
    levels.push_back(std::move(next));
  }
  return levels;
}

// The rows of a tree as the definition has them: every eighth level's nodes, with two bytes of each leaf on the first.
std::map<std::string, std::string> RowsOf(uint64_t size) {
  std::map<std::string, std::string> rows;
  const std::vector<std::vector<Hash>> levels = LevelsOf(size);
  for (size_t level = 8; level < levels.size(); level += 8) {
    for (size_t index = 0; index < levels[level].size(); index++) {
      std::string value(levels[level][index].begin(), levels[level][index].end());
      for (size_t leaf = 256 * index; level == 8 && leaf < 256 * (index + 1); leaf++) {
        value.append(levels[0][leaf].begin(), levels[0][leaf].begin() + 2);
      }
      std::string key(1, static_cast<char>(level / 8));
      for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>(index >> shift);
      rows[key] = value;
    }
  }
  return rows;
}

TEST(Tile, RowsAreThoseOfTheDefinitionHoweverTheTreeGrew) {
  constexpr uint64_t kSize = 3 * 65536 + 2 * 256 + 5;
  std::map<std::string, std::string> stored;
  GrowingTree tree;
  std::string marks;
  uint64_t step = 1;
  for (uint64_t size = 0; size < kSize;) {
    for (uint64_t i = 0; i < step && size < kSize; i++) {
      AddMark(Leaf(size), &marks);
      tree.Append(Leaf(size++));
      if (size % 256 == 0) marks.clear();
    }
    for (const TreeRow& row : tree.TakeRows()) {
      stored[TreeRowKey(row.tile_level, row.index)] = EncodeTreeRow(row);
    }
    step = step * 3 % 1009;
    if (step % 5 == 0) tree = GrowingTree(tree.frontier(), marks);  // as after it was opened again
  }
  EXPECT_TRUE(stored == RowsOf(kSize));
  EXPECT_EQ(stored.size(), CountTreeRows(kSize));
}

TEST(Tile, BytesThatAreNoRowAreNone) {
  EXPECT_FALSE(DecodeTreeRow(2, 0, "").has_value());
  EXPECT_FALSE(DecodeTreeRow(1, 0, std::string(32, 'x')).has_value());
  EXPECT_FALSE(DecodeTreeRow(2, 0, std::string(33, 'x')).has_value());
  EXPECT_TRUE(DecodeTreeRow(2, 0, std::string(32, 'x')).has_value());
  EXPECT_TRUE(DecodeTreeRow(1, 0, std::string(32 + 512, 'x')).has_value());
}

// The log gives every node of its tree, and so every proof, also after it was opened again.
TEST(TreeOfTheLog, HasEveryNodeAndEveryOldRoot) {
  const LedgerFolder folder;
  auto ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  uint64_t number = 1;
  for (const uint64_t batch : {1, 254, 1, 300, 700, 3}) {
    std::vector<MadeCommand> commands;
    for (uint64_t i = 0; i < batch; i++) commands.push_back(ReceivePayment("A", ++number));
    ASSERT_TRUE(ledger->Record(commands).ok());
    ledger.reset();
    ledger = folder.Open();
  }
  const EventLog& log = ledger->log();
  const uint64_t size = log.last_seq();
  std::vector<Hash> leaves;
  ASSERT_TRUE(log.Scan(1, size,
                       [&](EventView event) {
                         leaves.push_back(LeafHash(event.bytes()));
                         return true;
                       })
                  .ok());
  const NodeReader node = [&](int level, uint64_t index) { return log.TreeNode(level, index); };
  MerkleFrontier tree;
  for (uint64_t at = 0; at < size; at++) {
    tree.Append(leaves[at]);
    ASSERT_EQ(RootAtSize(at + 1, node).value(), tree.Root()) << at + 1;
  }
  EXPECT_EQ(tree.Root(), log.state().tree.Root());
  for (const uint64_t index : {uint64_t{0}, uint64_t{255}, uint64_t{256}, size - 1}) {
    EXPECT_TRUE(VerifyInclusion(leaves[index], index, size, ProveInclusion(index, size, node).value(), tree.Root()));
  }
  EXPECT_EQ(log.TreeNode(0, size).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(log.TreeNode(11, 0).error().code, ErrorCode::kNotFound);
  ExpectSound(log);
}

}  // namespace
}  // namespace duebook
