#include "projections/shared/totals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Currency kCny = *Currency::Parse("CNY");
const Currency kJpy = *Currency::Parse("JPY");

// Documents with an amount each, and with a fee where there is one.
Report Documents() {
  Report report{"documents",
                {},
                {{"document"}, {"currency"}, {"state"}, {"amount", ColumnType::kMoney}, {"fee", ColumnType::kMoney}},
                {},
                {},
                {}};
  report.rows = {{"a", "JPY", Term{"open"}, Money{7, kJpy}, Cell()},
                 {"b", "CNY", Term{"open"}, Money{INT64_MAX, kCny}, Money{5, kCny}},
                 {"c", "CNY", Term{"kept"}, Money{INT64_MAX, kCny}, Cell()},
                 {"d", "CNY", Term{"open"}, Money{-1, kCny}, Money{6, kCny}}};
  return report;
}

TEST(Totals, AddUpEachColumnOfMoneyByCurrency) {
  Report report = Documents();
  AddTotals(&report);
  EXPECT_EQ(report.rows.size(), 4U);
  EXPECT_THAT(TotalTexts(report, {"document", "currency", "state", "amount", "fee"}),
              ElementsAre("|CNY||184467440737095516.13|0.11", "|JPY||7|"));
}

TEST(Totals, OfNoRowsAreNone) {
  Report report = Documents();
  report.rows.clear();
  AddTotals(&report);
  EXPECT_THAT(report.totals, IsEmpty());
}

TEST(Totals, OfStatesStandBeforeOtherFigures) {
  Report report = Documents();
  report.figures = {{"other", int64_t{1}}};
  AddSumsByState(&report);
  EXPECT_THAT(FigureTexts(report),
              ElementsAre("CNY kept=92233720368547758.07", "CNY open=92233720368547758.06", "JPY open=7", "other=1"));
}

// Rows of parts, the last one first.
Report Parts() {
  Report report{"parts", {}, {{"currency"}, {"part", ColumnType::kWord}, {"amount", ColumnType::kMoney}}, {}, {}, {}};
  report.rows = {{"CNY", Term{"9-12", "", 2}, Money{1, kCny}},
                 {"CNY", Term{"1-8", "", 1}, Money{2, kCny}},
                 {"CNY", Term{"9-12", "", 2}, Money{4, kCny}}};
  return report;
}

TEST(Totals, OfRowsThatAreToldApartStandInTheOrderOfTheirWords) {
  Report report = Parts();
  AddTotals(&report, "part");
  EXPECT_THAT(TotalTexts(report, {"currency", "part", "amount"}), ElementsAre("CNY|1-8|0.02", "CNY|9-12|0.05"));
}

TEST(GroupRows, StandInTheOrderOfTheirWordsAndNeedNotBeCounted) {
  Report report = Parts();
  GroupRows({"currency", "part"}, "", {}, &report);
  EXPECT_EQ(report.columns.size(), 3U);
  EXPECT_THAT(RowTexts(report, {"currency", "part", "amount"}), ElementsAre("CNY|1-8|0.02", "CNY|9-12|0.05"));
}

TEST(GroupRows, MakesARowOfEachHeading) {
  Report report = Documents();
  GroupRows({"currency", "state"}, "documents", {"document"}, &report);
  AddTotals(&report);
  const std::vector<std::string> columns{"currency", "state", "documents", "amount", "fee", "document"};
  EXPECT_THAT(RowTexts(report, columns), ElementsAre("CNY|kept|1|92233720368547758.07||c",      //
                                                     "CNY|open|2|92233720368547758.06|0.11|b",  //
                                                     "JPY|open|1|7||a"));
  EXPECT_THAT(TotalTexts(report, columns), ElementsAre("CNY|||184467440737095516.13|0.11|", "JPY|||7||"));
}

}  // namespace
}  // namespace duebook
