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
  Report report{"documents", {}, {{"document"}, {"currency"}, {"state"}, {"amount"}, {"fee"}}, {}, {}, {}};
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

TEST(SumRows, MakesARowOfEachHeading) {
  Report report = Documents();
  std::vector<Row> headings;
  for (const Row& row : report.rows) headings.push_back({row[1], row[2]});
  SumRows({{"currency"}, {"state"}}, headings, "documents", &report);
  const std::vector<std::string> columns{"currency", "state", "documents", "amount", "fee"};
  EXPECT_THAT(RowTexts(report, columns), ElementsAre("CNY|kept|1|92233720368547758.07|",      //
                                                     "CNY|open|2|92233720368547758.06|0.11",  //
                                                     "JPY|open|1|7|"));
  EXPECT_THAT(TotalTexts(report, columns), ElementsAre("CNY|||184467440737095516.13|0.11", "JPY|||7|"));
}

}  // namespace
}  // namespace duebook
