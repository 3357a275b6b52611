#include "ledger/values/date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

Date Day(std::string_view text) { return Date::Parse(text).value(); }

TEST(Date, ParsesOnlyDaysThatExist) {
  const std::string_view good[] = {"0001-01-01", "1900-02-28", "1970-01-01", "2000-02-29",
                                   "2024-02-29", "2025-12-31", "9999-12-31"};
  for (const auto text : good) {
    const auto date = Date::Parse(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(date->ToString(), text);
  }
  const std::string_view bad[] = {
      "",           "2025",        "2025-01",    "2025-1-01",   "2025-01-1",   "2025-01-01 ", " 2025-01-01",
      "2025/01/01", "01-01-2025",  "0000-01-01", "2025-00-01",  "2025-13-01",  "2025-01-00",  "2025-01-32",
      "2025-04-31", "2025-02-29",  "1900-02-29", "2025-02-30",  "10000-01-01", "-001-01-01",  "+025-01-01",
      "2025-01-0a", "2025-01-01T", "20250101",   "２０25-01-01"};
  for (const auto text : bad) EXPECT_FALSE(Date::Parse(text).has_value()) << text;
}

TEST(Date, CountsDaysFrom1970) {
  EXPECT_EQ(Day("1970-01-01").days(), 0);
  EXPECT_EQ(Day("1969-12-31").days(), -1);
  EXPECT_EQ(Day("2000-03-01").days(), 11017);
  EXPECT_EQ(Day("0001-01-01"), Date::Min());
  EXPECT_EQ(Day("9999-12-31"), Date::Max());
  EXPECT_EQ(Day("2025-03-01") - Day("2025-02-28"), 1);
  EXPECT_EQ(Day("2024-03-01") - Day("2024-02-28"), 2);
}

// Every day of the calendar, against a plain count of days in months.
TEST(Date, EveryDayFollowsTheOneBefore) {
  int days = Date::Min().days();
  for (int year = 1; year <= 9999; year++) {
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; month++) {
      for (int day = 1; day <= lengths[month - 1]; day++, days++) {
        const auto date = Date::FromCivil(year, month, day);
        ASSERT_TRUE(date.has_value() && date->days() == days) << year << '-' << month << '-' << day;
        if (day != 1 && day != lengths[month - 1]) continue;
        ASSERT_EQ(date->year(), year);
        ASSERT_EQ(date->month(), month);
        ASSERT_EQ(date->day(), day);
      }
      ASSERT_FALSE(Date::FromCivil(year, month, lengths[month - 1] + 1).has_value());
    }
  }
  EXPECT_EQ(days - 1, Date::Max().days());
}

TEST(Date, AddsDaysUpToTheEndsOfTheCalendar) {
  struct {
    const char* from;
    int64_t days;
    const char* to;
  } cases[] = {
      {"2025-01-31", 30, "2025-03-02"},        {"2025-01-01", -1, "2024-12-31"},
      {"9999-12-30", 1, "9999-12-31"},         {"9999-12-31", 1, "9999-12-31"},
      {"0001-01-01", -1, "0001-01-01"},        {"2025-01-01", INT64_MAX, "9999-12-31"},
      {"2025-01-01", INT64_MIN, "0001-01-01"}, {"0001-01-01", 3652058, "9999-12-31"},
  };
  for (const auto& c : cases) EXPECT_EQ(Day(c.from).AddDays(c.days).ToString(), c.to) << c.from << ' ' << c.days;
}

TEST(Date, AddsMonthsWithinShorterOnes) {
  struct {
    const char* from;
    int months;
    const char* to;
  } cases[] = {
      {"2025-01-31", 1, "2025-02-28"},       {"2024-01-31", 1, "2024-02-29"},       {"2025-03-31", -1, "2025-02-28"},
      {"2025-01-15", 12, "2026-01-15"},      {"2025-01-15", -1, "2024-12-15"},      {"2024-02-29", 12, "2025-02-28"},
      {"2025-11-30", 3, "2026-02-28"},       {"2025-06-30", 0, "2025-06-30"},       {"9999-12-01", 1, "9999-12-31"},
      {"0001-01-15", -1, "0001-01-01"},      {"0001-01-15", 1, "0001-02-15"},       {"9999-11-15", 1, "9999-12-15"},
      {"2025-01-15", INT_MAX, "9999-12-31"}, {"2025-01-15", INT_MIN, "0001-01-01"},
  };
  for (const auto& c : cases) EXPECT_EQ(Day(c.from).AddMonths(c.months).ToString(), c.to) << c.from << ' ' << c.months;
}

TEST(Time, ParsesInstantsAndWholeDays) {
  struct {
    const char* text;
    const char* instant;
  } cases[] = {
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z"},
      {"2026-01-20T09:30:15.5Z", "2026-01-20T09:30:15.500000Z"},
      {"2026-01-20 09:30:15.000001", "2026-01-20T09:30:15.000001Z"},
      {"2026-01-20T09:30", "2026-01-20T09:30:00.000000Z"},
      {"2026-01-20 09:30Z", "2026-01-20T09:30:00.000000Z"},
      {"2026-01-20", "2026-01-20T23:59:59.999999Z"},
      {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
  };
  for (const auto& c : cases) {
    const auto time = Time::Parse(c.text);
    ASSERT_TRUE(time.has_value()) << c.text;
    EXPECT_EQ(time->ToString(), c.instant);
    EXPECT_EQ(Time::Parse(time->ToString()), time);
  }
  EXPECT_EQ(Time::Parse("1970-01-01T00:00:00Z")->microseconds, 0);
  EXPECT_EQ(Time::Parse("1969-12-31T23:59:59.999999Z")->microseconds, -1);
}

// Damaged bytes may hold any number.
TEST(Time, IsShownWhateverItIs) {
  EXPECT_EQ(Time{-1}.ToString(), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(Time{-86'400'000'000}.ToString(), "1969-12-31T00:00:00.000000Z");
  EXPECT_THAT(Time{std::numeric_limits<int64_t>::min()}.ToString(), testing::EndsWith("T19:59:05.224192Z"));
  EXPECT_THAT(Time{std::numeric_limits<int64_t>::max()}.ToString(), testing::EndsWith("T04:00:54.775807Z"));
}

TEST(Time, RefusesWhatIsNoInstant) {
  const char* bad[] = {"",
                       "2026-01-20T",
                       "2026-01-20T9:30",
                       "2026-01-20T24:00",
                       "2026-01-20T09:60",
                       "2026-01-20T09:30:60Z",
                       "2026-01-20T09:30:15.Z",
                       "2026-01-20T09:30:15.1234567Z",
                       "2026-01-20T09:30:15+01:00",
                       "2026-01-20x09:30",
                       "2026-02-30T09:30",
                       "2026-01-20T09:30:15ZZ",
                       "12345"};
  for (const auto* text : bad) EXPECT_FALSE(Time::Parse(text).has_value()) << text;
}

}  // namespace
}  // namespace duebook
