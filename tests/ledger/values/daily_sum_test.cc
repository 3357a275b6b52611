#include "ledger/values/daily_sum.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

Date Day(int day) { return Date::FromDays(day); }

TEST(DailySum, IsWhatWasAddedUpToTheDay) {
  DailySum sum;
  sum.Add(Day(10), 100);
  sum.Add(Day(20), -30);
  EXPECT_EQ(sum.At(Day(9)), 0);
  EXPECT_EQ(sum.At(Day(10)), 100);
  EXPECT_EQ(sum.At(Day(19)), 100);
  EXPECT_EQ(sum.At(Day(20)), 70);
  EXPECT_EQ(sum.At(Day(99)), 70);
}

TEST(DailySum, TakesChangesOfEarlierDaysAndOfTheSameDay) {
  DailySum sum;
  sum.Add(Day(20), 5);
  sum.Add(Day(10), 7);
  sum.Add(Day(15), 1);
  sum.Add(Day(10), -2);
  sum.Add(Day(20), 4);
  EXPECT_EQ(sum.At(Day(10)), 5);
  EXPECT_EQ(sum.At(Day(15)), 6);
  EXPECT_EQ(sum.At(Day(19)), 6);
  EXPECT_EQ(sum.At(Day(20)), 15);
}

}  // namespace
}  // namespace duebook
