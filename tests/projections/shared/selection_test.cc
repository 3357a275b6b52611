// Rows are kept and sorted by what their columns hold.

#include "projections/shared/selection.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

const Currency kCny = *Currency::Parse("CNY");
const Currency kJpy = *Currency::Parse("JPY");
const Currency kKwd = *Currency::Parse("KWD");

Date Day(const char* text) { return *Date::Parse(text); }

// The rows' first cells are their names.
Report Sample() {
  Report report{"sample", Cut{}, {}, {}, {}, {}};
  report.columns = {{"row"},
                    {"state", ColumnType::kWord},
                    {"tags"},
                    {"open", ColumnType::kBalance},
                    {"days", ColumnType::kNumber},
                    {"due", ColumnType::kDate}};
  using Texts = std::vector<std::string>;
  report.rows = {
      {std::string("a"), Term{"open"}, Texts{"x", "y"}, Money{100'050, kCny}, int64_t{3}, Day("2025-01-31")},
      {std::string("b"), Term{"paid"}, Texts{}, Money{0, kCny}, Cell(), Day("2025-02-01")},
      {std::string("Ｃ"), Term{"open"}, Texts{"y"}, Money{1'000, kJpy}, int64_t{-2}, Cell()},
      {std::string("d"), Term{"open"}, Texts{"z"}, Money{-1'000'500, kKwd}, int64_t{10}, Day("1969-12-31")},
  };
  return report;
}

std::string NamesOf(const Report& report) {
  std::string names;
  for (const Row& row : report.rows) names += std::get<std::string>(row[0]);
  return names;
}

std::string Kept(const std::vector<std::string>& conditions) {
  Report report = Sample();
  const Status status = KeepWhere(conditions, &report);
  return status.ok() ? NamesOf(report) : status.error().ToString();
}

TEST(Selection, KeepsRowsThatMeetEveryCondition) {
  EXPECT_EQ(Kept({}), "abＣd");
  EXPECT_EQ(Kept({"state = open"}), "aＣd");
  EXPECT_EQ(Kept({"state=open", "days>0"}), "ad");
  EXPECT_EQ(Kept({"state = open", "state = paid"}), "");
}

TEST(Selection, ComparesAmountsAsNumbersWhateverTheirDecimals) {
  EXPECT_EQ(Kept({"open = 1000.50"}), "a");
  EXPECT_EQ(Kept({"open > 1000"}), "a");
  EXPECT_EQ(Kept({"open >= 1000.000"}), "aＣ");
  EXPECT_EQ(Kept({"open > 1000.499"}), "a") << "which is less than any amount of fen above it";
  EXPECT_EQ(Kept({"open < 1000.001"}), "bＣd") << "of yen, of which there are no parts";
  EXPECT_EQ(Kept({"open = 1000.001"}), "");
  EXPECT_EQ(Kept({"open <= -1000.5"}), "d");
  EXPECT_EQ(Kept({"open < -1000.5001"}), "");
  EXPECT_EQ(Kept({"open > -1000.5001"}), "abＣd");
  EXPECT_EQ(Kept({"open != 0"}), "aＣd");
}

TEST(Selection, ComparesSumsBeyond64Bits) {
  Report report = Sample();
  const Sum large = Sum{std::numeric_limits<Minor>::max()} * 1000;
  report.rows[0][3] = Money{large, kCny};
  ASSERT_TRUE(KeepWhere({"open > 92233720368547758.07"}, &report).ok());
  EXPECT_EQ(NamesOf(report), "a");
}

TEST(Selection, ComparesDaysByWhatIsGivenOfThem) {
  EXPECT_EQ(Kept({"due = 2025-01"}), "a");
  EXPECT_EQ(Kept({"due <= 2025-01"}), "ad");
  EXPECT_EQ(Kept({"due > 2025-01"}), "b");
  EXPECT_EQ(Kept({"due >= 2025-02-01"}), "b");
  EXPECT_EQ(Kept({"due < 1970"}), "d");
}

TEST(Selection, FindsEmptyCells) {
  EXPECT_EQ(Kept({"due ="}), "Ｃ");
  EXPECT_EQ(Kept({"due !="}), "abd");
  EXPECT_EQ(Kept({"days < 100"}), "aＣd") << "what is empty is not before anything";
  EXPECT_EQ(Kept({"days != 3"}), "bＣd");
  EXPECT_EQ(Kept({"tags ="}), "b");
}

TEST(Selection, FindsTextsAndMembersOfLists) {
  EXPECT_EQ(Kept({"row ~ c"}), "Ｃ") << "in any case and width";
  EXPECT_EQ(Kept({"tags = y"}), "aＣ");
  EXPECT_EQ(Kept({"tags != y"}), "bd");
  EXPECT_EQ(Kept({"tags ~ Z"}), "d");
}

TEST(Selection, TellsWhatIsWrongWithACondition) {
  EXPECT_THAT(Kept({"opn > 1"}), HasSubstr("--where \"opn > 1\": there is no column \"opn\"; there are row, state"));
  EXPECT_THAT(Kept({"open"}), HasSubstr("there is no comparison"));
  EXPECT_THAT(Kept({"open > much"}), HasSubstr("\"much\" is no amount"));
  EXPECT_THAT(Kept({"open > 1,000"}), HasSubstr("is no amount"));
  EXPECT_THAT(Kept({"days > 1.5"}), HasSubstr("is no whole number"));
  EXPECT_THAT(Kept({"due > 31.12.2025"}), HasSubstr("is no day"));
  EXPECT_THAT(Kept({"open ~ 5"}), HasSubstr("open holds no texts"));
  EXPECT_THAT(Kept({"open >"}), HasSubstr("there is no value"));
  EXPECT_THAT(Kept({"row ~"}), HasSubstr("there is no value"));
  EXPECT_THAT(Kept({"row == a"}), HasSubstr("\"==\" is no comparison; say one of"));
  EXPECT_THAT(Kept({"open => 5"}), HasSubstr("\"=>\" is no comparison"));
  EXPECT_THAT(Kept({"due > 2025-13"}), HasSubstr("\"2025-13\" is no day"));
  EXPECT_THAT(Kept({"due > 2025-02-30"}), HasSubstr("is no day"));
}

TEST(Selection, ComparesNoWordsByTheirLetters) {
  for (const char* op : {"<", "<=", ">", ">="}) {
    EXPECT_THAT(Kept({fmt::format("state {} open", op)}),
                HasSubstr("state holds words, which have no order; say =, != or ~, or compare numbers: days"));
  }
  EXPECT_EQ(Kept({"state ~ OP"}), "aＣd");
}

TEST(Selection, KnowsWhichColumnAConditionIsAbout) {
  EXPECT_EQ(ColumnOf(" open >= 5"), "open");
  EXPECT_EQ(ColumnOf("customer state=NY"), "customer state");
  EXPECT_EQ(ColumnOf("> 5"), "");
}

std::string Sorted(std::string_view order) {
  Report report = Sample();
  const Status status = SortRows(order, &report);
  return status.ok() ? NamesOf(report) : status.error().ToString();
}

TEST(Selection, SortsByTypeWithEmptyCellsLast) {
  EXPECT_EQ(Sorted(""), "abＣd");
  EXPECT_EQ(Sorted("open"), "dbＣa") << "as numbers, whatever their decimals";
  EXPECT_EQ(Sorted("open:desc"), "aＣbd");
  EXPECT_EQ(Sorted("days"), "Ｃadb");
  EXPECT_EQ(Sorted("days:desc"), "daＣb");
  EXPECT_EQ(Sorted("due"), "dabＣ");
  EXPECT_EQ(Sorted("state,open:desc"), "aＣdb");
  EXPECT_EQ(Sorted("tags"), "aＣdb");
  EXPECT_EQ(Sorted("open:asc"), Sorted("open"));
  EXPECT_THAT(Sorted("open:down"), HasSubstr("--sort \"open:down\": rows are not sorted \"down\"; say open:asc or"));
  EXPECT_THAT(Sorted("opn:desc"), HasSubstr("there is no column \"opn\""));
  for (const char* order : {":desc", ":asc", "open,,due", ","}) {
    EXPECT_THAT(Sorted(order), HasSubstr("the name of a column is missing")) << order;
  }
}

TEST(Selection, SortsWordsByTheirPlaceAndThenByTheirNames) {
  Report report{"sample", Cut{}, {{"row"}, {"bucket", ColumnType::kWord}}, {}, {}, {}};
  report.rows = {{std::string("a"), Term{"121-180", "", 5}},
                 {std::string("b"), Term{"31-60", "", 2}},
                 {std::string("c"), Term{"open"}},
                 {std::string("d"), Term{"kept"}}};
  ASSERT_TRUE(SortRows("bucket", &report).ok());
  EXPECT_EQ(NamesOf(report), "dcba");
}

TEST(Selection, ChoosesAColumnOnce) {
  Report report = Sample();
  const Status twice = ChooseColumns("open,row,open", &report);
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().sentence, "--columns \"open,row,open\": open stands twice");
  ASSERT_TRUE(ChooseColumns("open, row", &report).ok());
  EXPECT_EQ(report.columns.size(), 2U);
}

TEST(Selection, DropsRowsOfWhichNothingIsLeft) {
  Report report = Sample();
  DropZeros(&report);
  EXPECT_EQ(NamesOf(report), "aＣd");
  report.columns.push_back({"moved", ColumnType::kMoney});
  for (Row& row : report.rows) row.emplace_back(Money{1, kCny});
  report.rows[0][3] = Money{0, kCny};
  DropZeros(&report);
  EXPECT_EQ(NamesOf(report), "Ｃd") << "what was moved is not what is left";
}

TEST(Selection, KeepsTheFirstRowsAndSaysHowManyThereAre) {
  Report report = Sample();
  KeepTop(4, &report);
  EXPECT_THAT(report.figures, SizeIs(0));
  KeepTop(2, &report);
  EXPECT_EQ(NamesOf(report), "ab");
  ASSERT_THAT(report.figures, SizeIs(1));
  EXPECT_EQ(report.figures[0].first, "rows shown");
  EXPECT_EQ(std::get<std::string>(report.figures[0].second), "2 of 4");
}

}  // namespace
}  // namespace duebook
