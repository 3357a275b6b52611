#include "ledger/values/payment_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

using Parts = std::vector<std::pair<Date, Minor>>;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

// When an invoice of 100.00 is due by these terms: "2025-04-10", or "2025-03-04 3000;2025-05-05 7001" of several parts.
std::string Due(std::string_view terms, std::string_view invoice, Minor amount = 10'000,
                const std::vector<YearCalendar>& calendars = {}) {
  const auto parsed = PaymentTerms::Parse(terms);
  if (!parsed.has_value()) return "no terms";
  const Parts parts = parsed->Split(Day(invoice), amount, calendars);
  if (parts.size() == 1 && parts.front().second == amount) return parts.front().first.ToString();
  std::string text;
  for (const auto& [day, part] : parts) text += (text.empty() ? "" : ";") + day.ToString() + " " + std::to_string(part);
  return text;
}

std::string Problem(std::string_view terms) {
  std::string problem;
  EXPECT_FALSE(PaymentTerms::Parse(terms, &problem).has_value()) << terms;
  return problem;
}

TEST(PaymentTermsTest, ReadsNetAndDiscount) {
  struct Case {
    std::string_view text;
    int net;
    EarlyDiscounts discounts;
  };
  const Case cases[] = {
      {"net 30", 30, {}},
      {"net 0", 0, {}},
      {"Net  60", 60, {}},
      {"net 3650", 3650, {}},
      {"2/10 net 30", 30, {{20'000, 10, 0}}},
      {"2.5/10 NET 45", 45, {{25'000, 10, 0}}},
      {"0.0001/0 net 0", 0, {{1, 0, 0}}},
      {"100/5 net 5", 5, {{1'000'000, 5, 0}}},
      {"3/5+2  2/10 1/20+3 net 30", 30, {{30'000, 5, 2}, {20'000, 10, 0}, {10'000, 20, 3}}},
  };
  for (const Case& each : cases) {
    const auto terms = PaymentTerms::Parse(each.text);
    ASSERT_TRUE(terms.has_value()) << each.text;
    EXPECT_EQ(terms->discounts, each.discounts) << each.text;
    ASSERT_EQ(terms->parts.size(), 1U);
    EXPECT_THAT(terms->parts.front().steps, testing::ElementsAre(TermsStep{TermsStep::Kind::kNet, each.net, 0}));
  }
}

TEST(PaymentTermsTest, RefusesAnythingElse) {
  for (const std::string_view text : {"",
                                      " ",
                                      "net",
                                      "net ",
                                      "30",
                                      "net30",
                                      "net -1",
                                      "net +1",
                                      "net 3651",
                                      "net 30 days",
                                      "net 30 ",
                                      " net 30",
                                      "n 30",
                                      "2/10",
                                      "2/10 30",
                                      "0/10 net 30",
                                      "-2/10 net 30",
                                      "100.0001/10 net 30",
                                      "0.00001/10 net 30",
                                      "2/31 net 30",
                                      "2/ net 30",
                                      "/10 net 30",
                                      "2/10/net 30",
                                      "2%/10 net 30",
                                      "2 / 10 net 30",
                                      "2/10+ net 30",
                                      "2/10+-1 net 30",
                                      "net 30 2/10",
                                      "2/10 2/20 net 30",
                                      "1/10 2/20 net 30",
                                      "3/10 2/10 net 30",
                                      "4/1 3/2 2/3 1/4 net 30",
                                      "net 1e3",
                                      "净 30",
                                      "eom+45",
                                      "eom net 45 pay",
                                      "pay 10",
                                      "pay 32+1",
                                      "pay 0+1",
                                      "pay 10+13",
                                      "pay 10+-1",
                                      "monthly 0",
                                      "monthly 32",
                                      "months 0",
                                      "months 121",
                                      "workday",
                                      "workday net 30",
                                      "net 30 workday workday",
                                      "net 30, net 60",
                                      "50% net 30, net 60",
                                      "50% net 30",
                                      "100% net 30",
                                      "50% net 30, 50.0001% net 60",
                                      "50% net 30, 50%",
                                      "50% net 30,",
                                      ", 100% net 30",
                                      "0% net 30, 100% net 60",
                                      "50 % net 30, 50 % net 60",
                                      "50% net 30; 50% net 60"}) {
    EXPECT_FALSE(PaymentTerms::Parse(text).has_value()) << text;
  }
}

TEST(PaymentTermsTest, SaysWhatIsWrong) {
  EXPECT_EQ(Problem("net 30 days"), "\"days\" is no step");
  EXPECT_EQ(Problem("2/31 net 30"), "a discount lasts longer than the whole is due");
  EXPECT_EQ(Problem("pay 10"), "pay has a day and months, such as pay 10+1");
  EXPECT_EQ(Problem("months 121"), "months is 1 to 120, not \"121\"");
  EXPECT_EQ(Problem("30% net 0, 60% net 60"), "the shares of the parts do not add up to 100%");
}

TEST(PaymentTermsTest, HasAtMostTwelvePartsAnd256Bytes) {
  std::string twelve = "12% net 0";
  for (int part = 0; part < 11; part++) twelve += ", 8% net " + std::to_string(part + 1);
  EXPECT_TRUE(PaymentTerms::Parse(twelve).has_value());
  EXPECT_FALSE(PaymentTerms::Parse("4% net 90, " + twelve.replace(0, 2, "8")).has_value());
  const std::string long_one = "net" + std::string(PaymentTerms::kMaxBytes - 5, ' ') + "30";
  EXPECT_TRUE(PaymentTerms::Parse(long_one).has_value());
  EXPECT_FALSE(PaymentTerms::Parse(long_one + "0").has_value());
}

TEST(PaymentTermsTest, StepsApplyFromLeftToRight) {
  EXPECT_EQ(Due("net 45 eom", "2021-09-13"), "2021-10-31");
  EXPECT_EQ(Due("eom net 45", "2021-09-13"), "2021-11-14");
  EXPECT_EQ(Due("EOM Months 1", "2025-02-10"), "2025-03-28");
  EXPECT_EQ(Due("monthly 31 net 30", "2025-02-03"), "2025-03-30");
}

TEST(PaymentTermsTest, MonthsEndOnTheLastDayOfAShorterMonth) {
  EXPECT_EQ(Due("months 1", "2025-01-31"), "2025-02-28");
  EXPECT_EQ(Due("months 1", "2024-01-31"), "2024-02-29");
  EXPECT_EQ(Due("months 120", "2024-02-29"), "2034-02-28");
  EXPECT_EQ(Due("eom", "2024-02-01"), "2024-02-29");
  EXPECT_EQ(Due("eom", "2025-12-31"), "2025-12-31");
}

TEST(PaymentTermsTest, TheDayOfTheCutOffBelongsToTheStatementThatItCloses) {
  EXPECT_EQ(Due("monthly 25 pay 10+1", "2025-03-25"), "2025-04-10");
  EXPECT_EQ(Due("monthly 25 pay 10+1", "2025-03-26"), "2025-05-10");
  EXPECT_EQ(Due("monthly 25 pay 31+1", "2025-03-25"), "2025-04-30");
  EXPECT_EQ(Due("monthly 20 pay 31+1", "2025-09-20"), "2025-10-31");
  EXPECT_EQ(Due("monthly 20 pay 31+1", "2025-09-21"), "2025-11-30");
  EXPECT_EQ(Due("monthly 31", "2025-02-28"), "2025-02-28");
  EXPECT_EQ(Due("monthly 30", "2025-01-31"), "2025-02-28");
}

TEST(PaymentTermsTest, PayFindsItsDayInTheMonth) {
  EXPECT_EQ(Due("pay 31+1", "2020-06-11"), "2020-07-31");
  EXPECT_EQ(Due("pay 31+1", "2021-12-31"), "2022-01-31");
  EXPECT_EQ(Due("pay 15+0", "2025-03-15"), "2025-03-15");
  EXPECT_EQ(Due("pay 15+0", "2025-03-16"), "2025-04-15");
  EXPECT_EQ(Due("pay 30+0", "2025-01-31"), "2025-02-28");
  EXPECT_EQ(Due("pay 1+12", "2025-03-16"), "2026-03-01");
}

TEST(PaymentTermsTest, WhatWouldFallDueBehindTheCalendarFallsDueOnItsLastDay) {
  EXPECT_EQ(Due("pay 31+12", "9999-06-01"), "9999-12-31");
  EXPECT_EQ(Due("pay 1+12", "9999-06-01"), "9999-12-31");
  EXPECT_EQ(Due("pay 10+0", "9999-12-11"), "9999-12-31");
  EXPECT_EQ(Due("pay 10+0", "9999-12-10"), "9999-12-10");
  EXPECT_EQ(Due("monthly 10", "9999-12-11"), "9999-12-31");
  EXPECT_EQ(Due("months 1 pay 10+1", "9999-12-01"), "9999-12-31");
}

TEST(PaymentTermsTest, AWorkdayMovesForwardAndACalendarOverridesWeekends) {
  EXPECT_EQ(Due("net 1 workday", "2025-03-07"), "2025-03-10");  // a Friday, so the Saturday moves to Monday
  EXPECT_EQ(Due("net 2 workday", "2025-03-07"), "2025-03-10");
  EXPECT_EQ(Due("net 3 workday", "2025-03-07"), "2025-03-10");
  const std::vector<YearCalendar> calendars{
      {Day("2025-01-01"), 2025, {Day("2025-05-01"), Day("2025-05-02")}, {}},
      {Day("2025-04-01"), 2025, {Day("2025-05-01")}, {Day("2025-04-27")}},
      {Day("2025-01-01"), 2026, {Day("2026-01-01")}, {}},
  };
  EXPECT_EQ(Due("net 61 workday", "2025-03-01", 10'000, calendars), "2025-05-05");  // the first calendar: two days off
  EXPECT_EQ(Due("net 30 workday", "2025-04-01", 10'000, calendars), "2025-05-02");  // the second, on its day
  EXPECT_EQ(Due("net 26 workday", "2025-04-01", 10'000, calendars), "2025-04-27");  // a Sunday that is worked
  EXPECT_EQ(Due("net 26 workday", "2025-03-31", 10'000, calendars), "2025-04-28");  // not by the first calendar
  EXPECT_EQ(Due("eom net 1 workday", "2025-12-05", 10'000, calendars), "2026-01-02");
}

TEST(PaymentTermsTest, SharesAreRoundedByRunningSums) {
  EXPECT_EQ(Due("30% net 0, 70% net 60 workday", "2025-03-04", 10'001), "2025-03-04 3000;2025-05-05 7001");
  // Running sums of 5, by thirds of 33.3333 and so on: 1.67, 3.33, 5, so 2, 1, 2.
  EXPECT_EQ(Due("33.3333% net 0, 33.3333% net 1, 33.3334% net 2", "2025-01-01", 5),
            "2025-01-01 2;2025-01-02 1;2025-01-03 2");
  EXPECT_EQ(Due("50% net 0, 50% net 1", "2025-01-01", 1), "2025-01-02");  // half of a cent is rounded to none
  EXPECT_EQ(Due("50% net 0, 50% net 1", "2025-01-01", 3), "2025-01-01 2;2025-01-02 1");
  EXPECT_EQ(Due("50% net 0, 50% net 1", "2025-01-01", INT64_MAX),
            "2025-01-01 4611686018427387904;"
            "2025-01-02 4611686018427387903");
}

TEST(PaymentTermsTest, PartsOfOneDayAreJoinedAndDaysAscend) {
  EXPECT_EQ(Due("50% net 30, 20% net 0, 30% net 30", "2025-01-01"), "2025-01-01 2000;2025-01-31 8000");
  EXPECT_EQ(Due("50% eom, 50% net 30", "2025-01-01"), "2025-01-31");
}

TEST(PaymentTermsTest, TheFirstDiscountThatStillHoldsCounts) {
  const EarlyDiscounts discounts = ParseDiscounts(DiscountsIn("3/5+2 2/10 monthly 31 net 30"));
  const Date invoice = Day("2025-03-01");
  EXPECT_EQ(DiscountFor(discounts, invoice, Day("2025-03-08"))->ppm, 30'000);
  EXPECT_EQ(DiscountFor(discounts, invoice, Day("2025-03-09"))->ppm, 20'000);
  EXPECT_EQ(DiscountFor(discounts, invoice, Day("2025-03-11"))->ppm, 20'000);
  EXPECT_EQ(DiscountFor(discounts, invoice, Day("2025-03-12")), nullptr);
  EXPECT_TRUE(ParseDiscounts(DiscountsIn("net 30")).empty());
}

}  // namespace
}  // namespace duebook
