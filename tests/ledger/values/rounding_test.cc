#include "ledger/values/rounding.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(DivideHalfEven, RoundsTheHalfToTheEvenNeighbour) {
  EXPECT_EQ(DivideHalfEven(0, 2), 0);
  EXPECT_EQ(DivideHalfEven(1, 2), 0);
  EXPECT_EQ(DivideHalfEven(3, 2), 2);
  EXPECT_EQ(DivideHalfEven(5, 2), 2);
  EXPECT_EQ(DivideHalfEven(4, 3), 1);
  EXPECT_EQ(DivideHalfEven(5, 3), 2);
  EXPECT_EQ(DivideHalfEven(Sum{INT64_MAX} * 3 + 1, 2), (Sum{INT64_MAX} * 3 + 1) / 2);
}

TEST(ShareOf, RoundsTheHalfToTheEvenNeighbour) {
  EXPECT_EQ(ShareOf(1, 1, 2), 0);
  EXPECT_EQ(ShareOf(3, 1, 2), 2);
  EXPECT_EQ(ShareOf(5, 1, 2), 2);
  EXPECT_EQ(ShareOf(100, 1, 3), 33);
  EXPECT_EQ(ShareOf(100, 2, 3), 67);
  EXPECT_EQ(ShareOf(0, 2, 3), 0);
  EXPECT_EQ(ShareOf(100, 0, 3), 0);
}

TEST(ShareOf, IsExactWhereTheProductFitsNoSum) {
  const Sum most = INT64_MAX;
  EXPECT_EQ(ShareOf(INT64_MAX, most * most, most * most), INT64_MAX);
  EXPECT_EQ(ShareOf(INT64_MAX, 10 * most + 1, 30 * most + 3), INT64_MAX / 3);
  EXPECT_EQ(ShareOf(INT64_MAX - 1, most * 8, most * 16), (INT64_MAX - 1) / 2);
}

}  // namespace
}  // namespace duebook
