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

}  // namespace
}  // namespace duebook
