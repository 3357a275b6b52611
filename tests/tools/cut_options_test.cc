// Up to which day a report counts where nobody says one.

#include "tools/commands/cut_options.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(DefaultDay, OfMonthEndsIsTheLastThatIsOver) {
  const Date last_of_march = *Date::Parse("2025-03-31");
  EXPECT_EQ(DayOf(DefaultDay::kMonthEnd, last_of_march).ToString(), "2025-02-28") << "March is not over";
  EXPECT_EQ(DayOf(DefaultDay::kMonthEnd, last_of_march.AddDays(1)), last_of_march);
  EXPECT_EQ(DayOf(DefaultDay::kToday, last_of_march), last_of_march);
  EXPECT_EQ(DayOf(DefaultDay::kEvery, last_of_march), Date::Max());
}

TEST(DefaultDay, OfTheTrendOfTheAgingIsAMonthEnd) {
  const ReportInfo* const aging = FindReport("aging");
  ASSERT_NE(aging, nullptr);
  ReportRequest request;
  EXPECT_EQ(DefaultDayOf(*aging, request), DefaultDay::kToday);
  request.trend_months = 3;
  EXPECT_EQ(DefaultDayOf(*aging, request), DefaultDay::kMonthEnd);
}

}  // namespace
}  // namespace duebook
