// The Merkle tree against RFC 6962, written down as the RFC says it.

#include "ledger/proof/merkle_tree.h"

#include <gtest/gtest.h>

#include <bit>

namespace duebook {
namespace {

// RFC 6962, section 2.1: MTH of the entries, on leaf hashes.
Hash NaiveRoot(const std::vector<Hash>& leaves, size_t begin, size_t end) {
  if (begin == end) return Sha256({});
  if (end - begin == 1) return leaves[begin];
  const size_t left = std::bit_floor(end - begin - 1);  // the largest power of two smaller than the count
  return NodeHash(NaiveRoot(leaves, begin, begin + left), NaiveRoot(leaves, begin + left, end));
}

std::vector<Hash> Leaves(size_t count) {
  std::vector<Hash> leaves;
  for (size_t i = 0; i < count; i++) leaves.push_back(LeafHash("event " + std::to_string(i)));
  return leaves;
}

MerkleFrontier TreeOf(const std::vector<Hash>& leaves) {
  MerkleFrontier tree;
  for (const Hash& leaf : leaves) tree.Append(leaf);
  return tree;
}

TEST(MerkleTree, HasTheRootsOfTheCertificateTransparencyTests) {
  using namespace std::string_literals;
  const struct {
    std::string entry;
    const char* root;  // of the tree that ends with this entry
  } cases[] = {
      {"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
      {"\0"s, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
      {"\x10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
      {"\x20\x21", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
      {"\x30\x31", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
      {"\x40\x41\x42\x43", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
      {"\x50\x51\x52\x53\x54\x55\x56\x57", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
      {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
  };
  MerkleFrontier tree;
  EXPECT_EQ(ToHex(tree.Root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const auto& c : cases) {
    tree.Append(LeafHash(c.entry));
    EXPECT_EQ(ToHex(tree.Root()), c.root) << tree.size();
  }
}

TEST(MerkleTree, EveryRootWhileItGrowsIsThatOfTheRfc) {
  const std::vector<Hash> leaves = Leaves(520);
  MerkleFrontier tree;
  for (size_t size = 0; size <= leaves.size(); size++) {
    ASSERT_EQ(tree.size(), size);
    ASSERT_EQ(tree.Root(), NaiveRoot(leaves, 0, size)) << size;
    if (size < leaves.size()) tree.Append(leaves[size]);
  }
}

TEST(MerkleTree, RootChangesWithAnyLeafAndWithTheirOrder) {
  const std::vector<Hash> leaves = Leaves(13);
  const Hash root = TreeOf(leaves).Root();
  for (size_t i = 0; i < leaves.size(); i++) {
    std::vector<Hash> flipped = leaves;
    flipped[i][31] ^= 1;
    EXPECT_NE(TreeOf(flipped).Root(), root) << i;
    std::vector<Hash> swapped = leaves;
    std::swap(swapped[i], swapped[(i + 1) % leaves.size()]);
    EXPECT_NE(TreeOf(swapped).Root(), root) << i;
    std::vector<Hash> removed = leaves;
    removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(TreeOf(removed).Root(), root) << i;
  }
}

TEST(MerkleTree, GrowsOnFromItsStoredForm) {
  const std::vector<Hash> leaves = Leaves(140);
  for (size_t stored = 0; stored <= 70; stored++) {
    const std::string bytes = TreeOf({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(stored)}).Encode();
    EXPECT_EQ(bytes.size(), 8 + 32 * static_cast<size_t>(std::popcount(stored)));
    auto tree = MerkleFrontier::Decode(bytes);
    ASSERT_TRUE(tree.has_value());
    EXPECT_EQ(tree->size(), stored);
    for (size_t i = stored; i < leaves.size(); i++) tree->Append(leaves[i]);
    EXPECT_EQ(tree->Root(), NaiveRoot(leaves, 0, leaves.size())) << stored;
  }
}

TEST(MerkleTree, ReadsNoBytesThatAreNoTree) {
  const std::string bytes = TreeOf(Leaves(7)).Encode();
  for (size_t length = 0; length < bytes.size(); length++) {
    EXPECT_FALSE(MerkleFrontier::Decode(bytes.substr(0, length)).has_value()) << length;
  }
  EXPECT_FALSE(MerkleFrontier::Decode(bytes + '\0').has_value());
  std::string other_size = bytes;
  other_size[7] = 8;  // one subtree, but three are there
  EXPECT_FALSE(MerkleFrontier::Decode(other_size).has_value());
}

}  // namespace
}  // namespace duebook
