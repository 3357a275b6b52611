#include "projections/reports/invoice_subset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <random>
#include <vector>

namespace duebook {
namespace {

TEST(InvoiceSubset, IsTheOnlySetOfTwoOrMoreWithTheSum) {
  const std::vector<Sum> amounts{10, 20, 123470, 8805};
  const SubsetFound found = FindOnlySubset(amounts, 123480);
  EXPECT_EQ(found.sets, 1);
  EXPECT_EQ(found.chosen, 0b0101U);
}

TEST(InvoiceSubset, OneAmountIsNoSet) {
  EXPECT_EQ(FindOnlySubset(std::vector<Sum>{500, 300}, 500).sets, 0);
  EXPECT_EQ(FindOnlySubset(std::vector<Sum>{500}, 500).sets, 0);
}

// Of two amounts that are equal each makes a set of its own with a third one.
TEST(InvoiceSubset, EqualAmountsOfDifferentPlacesMakeDifferentSets) {
  EXPECT_EQ(FindOnlySubset(std::vector<Sum>{300, 200, 200}, 500).sets, 2);
  EXPECT_EQ(FindOnlySubset(std::vector<Sum>{300, 200, 200}, 400).sets, 1);
}

TEST(InvoiceSubset, AmountsAndSumsAboveSixtyFourBitsAreSearched) {
  const Sum most = INT64_MAX;
  EXPECT_EQ(FindOnlySubset(std::vector<Sum>{most, most, most - 1, 1}, most).chosen, 0b1100U);
  EXPECT_EQ(FindOnlySubset(std::vector<Sum>{most, most}, most).sets, 0);
  EXPECT_EQ(FindOnlySubset(std::vector<Sum>{most, most, 5}, 2 * most + 5).chosen, 0b111U);
}

// Every set, one after the other: what the search must agree with.
SubsetFound TryAll(const std::vector<Sum>& amounts, Sum sum) {
  SubsetFound found;
  for (uint32_t chosen = 0; chosen < uint32_t{1} << amounts.size(); ++chosen) {
    Sum total = 0;
    for (size_t i = 0; i < amounts.size(); ++i) total += (chosen >> i & 1) != 0 ? amounts[i] : Sum{0};
    if (total != sum || std::popcount(chosen) < 2) continue;
    if (++found.sets == 2) return {2, 0};
    found.chosen = chosen;
  }
  return found;
}

TEST(InvoiceSubset, AgreesWithTryingEverySetOnRandomAmounts) {
  std::mt19937_64 random(20260312);  // a fixed seed
  const auto up_to = [&](uint64_t most) { return static_cast<Minor>(random() % most + 1); };
  int none = 0, one = 0, several = 0;
  for (int round = 0; round < 3000; ++round) {
    // Few different amounts, so that sets collide; and many, so that they do not.
    const uint64_t largest = round % 3 == 0 ? 6 : round % 3 == 1 ? 40 : 100'000;
    std::vector<Sum> amounts(random() % 11);
    for (Sum& amount : amounts) amount = up_to(largest);
    Sum sum = up_to(largest * 3);
    if (round % 2 == 0) {
      Sum total = 0;
      for (const Sum amount : amounts) total += random() % 2 == 0 ? amount : Sum{0};
      sum = total == 0 ? sum : total;
    }
    const SubsetFound expected = TryAll(amounts, sum);
    const SubsetFound found = FindOnlySubset(amounts, sum);
    ASSERT_EQ(found.sets, expected.sets) << "round " << round;
    ASSERT_EQ(found.chosen, expected.chosen) << "round " << round;
    ++(found.sets == 0 ? none : found.sets == 1 ? one : several);
  }
  EXPECT_GT(std::min({none, one, several}), 300);
}

TEST(InvoiceSubset, SearchesThirtyTwoAmounts) {
  std::vector<Sum> amounts;
  for (int i = 0; i < 32; ++i) amounts.push_back(Sum{1} << i);
  EXPECT_EQ(FindOnlySubset(amounts, 0xA5A5'0F0F).chosen, 0xA5A5'0F0FU);
}

}  // namespace
}  // namespace duebook
