#include "ledger/proof/merkle_proof.h"

#include <gtest/gtest.h>

#include <string>

#include "ledger/proof/merkle_tree.h"

namespace duebook {
namespace {

constexpr uint64_t kLeaves = 70;

Hash Leaf(uint64_t index) { return LeafHash("event " + std::to_string(index)); }

Result<Hash> Node(int level, uint64_t index) {
  if (level == 0) return Leaf(index);
  return NodeHash(Node(level - 1, 2 * index).value(), Node(level - 1, 2 * index + 1).value());
}

Hash Root(uint64_t size) {
  MerkleFrontier tree;
  for (uint64_t index = 0; index < size; index++) tree.Append(Leaf(index));
  return tree.Root();
}

TEST(MerkleProof, RootAtASizeIsThatOfTheTreeGrownToIt) {
  for (uint64_t size = 0; size <= kLeaves; size++) EXPECT_EQ(RootAtSize(size, Node).value(), Root(size)) << size;
}

TEST(MerkleProof, InclusionOfEveryLeafAtEverySize) {
  for (uint64_t size = 1; size <= kLeaves; size++) {
    const Hash root = Root(size);
    for (uint64_t index = 0; index < size; index++) {
      const std::vector<Hash> proof = ProveInclusion(index, size, Node).value();
      EXPECT_TRUE(VerifyInclusion(Leaf(index), index, size, proof, root)) << index << " of " << size;
      EXPECT_FALSE(VerifyInclusion(Leaf(index + 1), index, size, proof, root));
      EXPECT_FALSE(VerifyInclusion(Leaf(index), index + 1, size, proof, root));
      EXPECT_FALSE(VerifyInclusion(Leaf(index), index, size, proof, Root(size + 1)));
    }
  }
}

TEST(MerkleProof, ConsistencyOfEveryTwoSizes) {
  for (uint64_t size = 1; size <= kLeaves; size++) {
    for (uint64_t old_size = 1; old_size <= size; old_size++) {
      const std::vector<Hash> proof = ProveConsistency(old_size, size, Node).value();
      EXPECT_TRUE(VerifyConsistency(old_size, Root(old_size), size, Root(size), proof)) << old_size << " to " << size;
      EXPECT_FALSE(VerifyConsistency(old_size, Root(old_size + 1), size, Root(size), proof));
      EXPECT_FALSE(VerifyConsistency(old_size, Root(old_size), size, Root(size + 1), proof));
      if (old_size == 1) continue;
      EXPECT_FALSE(VerifyConsistency(old_size - 1, Root(old_size), size, Root(size), proof));
    }
  }
  EXPECT_TRUE(VerifyConsistency(0, Root(0), 5, Root(5), {}));
  EXPECT_FALSE(VerifyConsistency(0, Root(1), 5, Root(5), {}));
  EXPECT_FALSE(VerifyConsistency(6, Root(6), 5, Root(5), {}));
}

TEST(MerkleProof, AnAlteredShortenedOrLengthenedProofProvesNothing) {
  const uint64_t size = 53;
  for (const uint64_t index : {0, 17, 32, 52}) {
    const std::vector<Hash> proof = ProveInclusion(index, size, Node).value();
    const std::vector<Hash> growth = ProveConsistency(index + 1, size, Node).value();
    for (size_t i = 0; i < proof.size(); i++) {
      std::vector<Hash> altered = proof;
      altered[i][3] ^= 1;
      EXPECT_FALSE(VerifyInclusion(Leaf(index), index, size, altered, Root(size)));
      altered = proof;
      altered.erase(altered.begin() + static_cast<ptrdiff_t>(i));
      EXPECT_FALSE(VerifyInclusion(Leaf(index), index, size, altered, Root(size)));
      altered = proof;
      altered.insert(altered.begin() + static_cast<ptrdiff_t>(i), Leaf(9));
      EXPECT_FALSE(VerifyInclusion(Leaf(index), index, size, altered, Root(size)));
    }
    for (size_t i = 0; i < growth.size(); i++) {
      std::vector<Hash> altered = growth;
      altered[i][3] ^= 1;
      EXPECT_FALSE(VerifyConsistency(index + 1, Root(index + 1), size, Root(size), altered));
      altered = growth;
      altered.erase(altered.begin() + static_cast<ptrdiff_t>(i));
      EXPECT_FALSE(VerifyConsistency(index + 1, Root(index + 1), size, Root(size), altered));
    }
  }
}

}  // namespace
}  // namespace duebook
