#include "ledger/values/percentage.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(Percentage, HasUpToFourDecimals) {
  EXPECT_EQ(ParsePercentage("0.5", 0, kHundredPerCent), 5'000);
  EXPECT_EQ(ParsePercentage("0.0001", 0, kHundredPerCent), 1);
  EXPECT_EQ(ParsePercentage("100", 0, kHundredPerCent), kHundredPerCent);
  EXPECT_EQ(ParsePercentage("0.00001", 0, kHundredPerCent), std::nullopt);
  EXPECT_EQ(ParsePercentage("100.0001", 0, kHundredPerCent), std::nullopt);
  EXPECT_EQ(ParsePercentage("-1", 0, kHundredPerCent), std::nullopt);
  EXPECT_EQ(ParsePercentage("half", 0, kHundredPerCent), std::nullopt);
}

TEST(Percentage, IsShownWithAsFewDecimalsAsItHas) {
  EXPECT_EQ(ShownPercentage(5'000), "0.5");
  EXPECT_EQ(ShownPercentage(1), "0.0001");
  EXPECT_EQ(ShownPercentage(20'000), "2");
  EXPECT_EQ(ShownPercentage(0), "0");
  EXPECT_EQ(ShownPercentage(kHundredPerCent), "100");
}

}  // namespace
}  // namespace duebook
