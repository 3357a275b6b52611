#include "ledger/values/hash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(Sha256, KnownVectors) {
  struct {
    std::string text;
    const char* hex;
  } cases[] = {
      // FIPS 180-4 examples
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& c : cases) EXPECT_EQ(ToHex(Sha256(c.text)), c.hex);
}

TEST(MerkleHash, LeavesAndNodesAreThoseOfRfc6962) {
  // The first two leaves and their parent in the reference tree of the Certificate Transparency tests.
  const Hash first = LeafHash("");
  const Hash second = LeafHash(std::string(1, '\0'));
  EXPECT_EQ(ToHex(first), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(ToHex(second), "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
  EXPECT_EQ(ToHex(NodeHash(first, second)), "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

TEST(MerkleHash, NodeIsNoLeafOfTheSameBytes) {
  const Hash a = LeafHash("a");
  const Hash b = LeafHash("b");
  const std::string both = std::string(a.begin(), a.end()) + std::string(b.begin(), b.end());
  EXPECT_EQ(NodeHash(a, b), Sha256('\x01' + both));
  EXPECT_EQ(LeafHash(both), Sha256('\0' + both));
  EXPECT_NE(NodeHash(a, b), NodeHash(b, a));
}

TEST(Hex, IsReadBackInEitherCaseAndNothingElse) {
  const Hash hash = Sha256("abc");
  std::string hex = ToHex(hash);
  EXPECT_EQ(HashFromHex(hex), hash);
  for (char& c : hex) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(HashFromHex(hex), hash);

  EXPECT_FALSE(HashFromHex("").has_value());
  EXPECT_FALSE(HashFromHex(hex.substr(1)).has_value());
  EXPECT_FALSE(HashFromHex(hex + "0").has_value());
  for (const char c : {'g', 'G', ' ', '/', ':', '@', '`', '\0'}) {
    for (const size_t place : {size_t{0}, size_t{63}}) {
      std::string broken = hex;
      broken[place] = c;
      EXPECT_FALSE(HashFromHex(broken).has_value()) << c << place;
    }
  }
}

}  // namespace
}  // namespace duebook
