// Months, quarters and years.

#include "projections/shared/period.h"

#include <gtest/gtest.h>

#include <string>

namespace duebook {
namespace {

std::string Days(std::string_view text) {
  const auto period = ReadPeriod(text);
  return period.ok() ? period->first.ToString() + " " + period->last.ToString() : period.error().sentence;
}

TEST(Period, HasAllDaysOfAMonthQuarterOrYear) {
  EXPECT_EQ(Days("2025-12"), "2025-12-01 2025-12-31");
  EXPECT_EQ(Days("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(Days("2025-Q4"), "2025-10-01 2025-12-31");
  EXPECT_EQ(Days("2025-q2"), "2025-04-01 2025-06-30");
  EXPECT_EQ(Days("1965"), "1965-01-01 1965-12-31");
  EXPECT_EQ(Days("9999"), "9999-01-01 9999-12-31");
  EXPECT_EQ(Days("2025-12-31"), "2025-12-31 2025-12-31");
}

TEST(Period, IsWrittenInNoOtherWay) {
  for (const char* text :
       {"", "25", "2025-13", "2025-00", "2025-1", "2025-Q5", "2025-Q", "2025Q4", "Q4", "31.12.2025", "0000"}) {
    EXPECT_EQ(Days(text), "this is no day, month, quarter or year") << text;
  }
  EXPECT_EQ(Days("2025-02-30"), "there is no such day");
}

std::string Told(const char* today, std::string_view text) {
  const auto day = ReadDayFrom(*Date::Parse(today), text);
  return day.ok() ? day->ToString() : "none";
}

TEST(Period, EndsAreThoseThatAreOver) {
  EXPECT_EQ(Told("2025-03-31", "month-end"), "2025-02-28") << "the day itself is not over";
  EXPECT_EQ(Told("2025-04-01", "month-end"), "2025-03-31");
  EXPECT_EQ(Told("2025-05-17", "quarter-end"), "2025-03-31");
  EXPECT_EQ(Told("2025-01-01", "quarter-end"), "2024-12-31");
  EXPECT_EQ(Told("2025-12-31", "year-end"), "2024-12-31");
  EXPECT_EQ(Told("2025-03-01", "yesterday"), "2025-02-28");
  EXPECT_EQ(Told("2025-03-01", "today"), "2025-03-01");
  EXPECT_EQ(Told("2025-03-01", "2024-Q1"), "2024-03-31");
  EXPECT_EQ(Told("2025-03-01", "2024-11-05"), "2024-11-05");
  EXPECT_EQ(Told("2025-03-01", "tomorrow"), "none");
}

}  // namespace
}  // namespace duebook
