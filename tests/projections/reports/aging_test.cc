#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "projections/history/open_parts.h"
#include "projections/reports/aging_sums.h"
#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

std::vector<std::string> ColumnNames(const Report& report) {
  std::vector<std::string> names;
  for (const Column& column : report.columns) names.push_back(column.name);
  return names;
}

class Aging : public testing::Test {
 protected:
  void SetUp() override { scenario_.Given({"2024-01-01 CustomerOpened customer=C name=Chen"}); }
  ReportRequest At(std::string_view effective) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(effective);
    return request;
  }
  std::vector<std::string> Rows(const ReportRequest& request, const std::vector<std::string>& columns) {
    return RowTexts(RunReport("aging", request), columns);
  }
  std::vector<std::string> OpenItems(const ReportRequest& request) {
    return RowTexts(RunReport("open-items", request), {"invoice", "due", "amount", "open", "age", "bucket"});
  }
  Scenario scenario_;
};

TEST(AgingBuckets, EveryAgeIsInOneBucketAndTheBoundaryDayInTheLower) {
  const auto buckets = AgingBuckets::Make({30, 60, 90, 120, 180, 365});
  ASSERT_TRUE(buckets.ok());
  const struct {
    int64_t age;
    const char* bucket;
  } cases[] = {
      {-1'000'000, "not_due"}, {-1, "not_due"},     {0, "not_due"},   {1, "1-30"},      {30, "1-30"},
      {31, "31-60"},           {60, "31-60"},       {61, "61-90"},    {90, "61-90"},    {91, "91-120"},
      {120, "91-120"},         {121, "121-180"},    {180, "121-180"}, {181, "181-365"}, {365, "181-365"},
      {366, "366+"},           {4'000'000, "366+"},
  };
  for (const auto& one : cases) EXPECT_EQ(buckets->Name(buckets->Find(one.age)), one.bucket) << one.age;
}

TEST(AgingBuckets, AscendFromOne) {
  const struct {
    std::vector<int> ends;
    bool good;
  } cases[] = {{{}, true},       {{1}, true},       {{7, 14}, true},   {{0}, false},
               {{-5, 5}, false}, {{30, 30}, false}, {{60, 30}, false}, {{1, 2, 2}, false}};
  for (const auto& one : cases) EXPECT_EQ(AgingBuckets::Make(one.ends).ok(), one.good);
  EXPECT_EQ(AgingBuckets::Make({})->Name(1), "1+");
  EXPECT_EQ(AgingBuckets::Make({7})->Name(1), "1-7");
  EXPECT_EQ(AgingBuckets::Make({7})->Name(2), "8+");
}

TEST_F(Aging, SortsByDueDateAndShowsUnappliedApart) {
  scenario_.Given({
      "2024-01-01 InvoiceIssued customer=C invoice=I1 amount=1 due=2024-06-29",       // 184 days old, but see below
      "2024-12-01 InvoiceIssued customer=C invoice=I2 amount=20 due=2024-12-01",      // 30
      "2024-11-01 InvoiceIssued customer=C invoice=I3 amount=300 due=2024-11-30",     // 31
      "2024-12-01 InvoiceIssued customer=C invoice=I4 amount=4000 due=2024-12-31",    // 0
      "2024-12-30 InvoiceIssued customer=C invoice=I5 amount=50000 due=2031-01-01",   // far ahead
      "2024-01-01 InvoiceIssued customer=C invoice=I6 amount=600000 due=2024-01-01",  // 365
      "2023-12-31 CustomerOpened customer=D name=Dao",
      "2023-12-31 InvoiceIssued customer=D invoice=I7 amount=7 due=2023-12-31",  // 366
      "2024-12-15 PaymentReceived customer=C payment=P1 amount=90",
      "2024-12-16 PaymentApplied payment=P1 invoice=I3 amount=25",
      "2024-12-20 CreditNoteIssued customer=C credit_note=N1 amount=5",
      "2025-01-01 PaymentReceived customer=C payment=P2 amount=1000",
  });
  const Report report = RunReport("aging", At("2024-12-31"));
  EXPECT_THAT(ColumnNames(report),
              ElementsAre("customer", "currency", "not_due", "1-30", "31-60", "61-90", "91-120", "121-180", "181-365",
                          "366+", "unapplied", "disputed", "balance", "name"));
  EXPECT_THAT(RowTexts(report, ColumnNames(report)),
              ElementsAre("C|CNY|54000.00|20.00|275.00|0.00|0.00|0.00|600001.00|0.00|-70.00|0.00|654226.00|Chen",
                          "D|CNY|0.00|0.00|0.00|0.00|0.00|0.00|0.00|7.00|0.00|0.00|7.00|Dao"));
  EXPECT_THAT(TotalTexts(report, ColumnNames(report)),
              ElementsAre("|CNY|54000.00|20.00|275.00|0.00|0.00|0.00|600001.00|7.00|-70.00|0.00|654233.00|"));
}

TEST_F(Aging, ByInvoiceDateAndByOtherBuckets) {
  scenario_.Given({"2024-12-01 InvoiceIssued customer=C invoice=I1 amount=10 due=2024-12-31"});
  ReportRequest request = At("2024-12-31");
  EXPECT_THAT(Rows(request, {"not_due", "1-30"}), ElementsAre("10.00|0.00"));
  request.basis = AgingBasis::kInvoice;
  EXPECT_THAT(Rows(request, {"not_due", "1-30"}), ElementsAre("0.00|10.00"));
  request.bucket_ends = {7, 29};
  EXPECT_THAT(Rows(request, {"not_due", "1-7", "8-29", "30+"}), ElementsAre("0.00|0.00|0.00|10.00"));
  request.bucket_ends = {29, 7};
  EXPECT_EQ(FailReport("aging", request).code, ErrorCode::kInvalidArgument);
}

TEST_F(Aging, ShowsWhoHasDocumentsAlsoWhenNothingIsLeft) {
  scenario_.Given({
      "2024-12-01 InvoiceIssued customer=C invoice=I1 amount=10 due=2024-12-31",
      "2024-12-01 PaymentReceived customer=C payment=P1 amount=10",
  });
  EXPECT_THAT(Rows(At("2024-12-31"), {"not_due", "unapplied", "balance"}), ElementsAre("10.00|-10.00|0.00"));
  scenario_.Given({"2024-12-02 PaymentApplied payment=P1 invoice=I1 amount=10"});
  EXPECT_THAT(Rows(At("2024-12-31"), {"customer", "balance"}), ElementsAre("C|0.00"));
  EXPECT_THAT(Rows(At("2024-11-30"), {"balance"}), IsEmpty()) << "no document yet";
}

TEST_F(Aging, ReductionsConsumeInstalmentsOldestFirst) {
  scenario_.Given({
      "2024-10-01 InvoiceIssued customer=C invoice=I amount=100 "
      "instalments='2024-10-31 20.00;2024-11-30 30.00;2024-12-31 50.00'",
      "2024-10-01 PaymentReceived customer=C payment=P amount=100",
  });
  const ReportRequest request = At("2024-12-15");  // ages 45, 15, -16
  const std::vector<std::string> columns{"not_due", "1-30", "31-60"};
  const struct {
    const char* event;
    const char* aging;
    std::vector<std::string> items;
  } steps[] = {
      {"2024-10-01 NoteAdded customer=C text=start",
       "50.00|30.00|20.00",
       {"I|2024-10-31|20.00|20.00|45|31-60", "I|2024-11-30|30.00|30.00|15|1-30",
        "I|2024-12-31|50.00|50.00|-16|not_due"}},
      {"2024-10-02 PaymentApplied id=A1 payment=P invoice=I amount=19.99",
       "50.00|30.00|0.01",
       {"I|2024-10-31|20.00|0.01|45|31-60", "I|2024-11-30|30.00|30.00|15|1-30",
        "I|2024-12-31|50.00|50.00|-16|not_due"}},
      {"2024-10-03 PaymentApplied id=A2 payment=P invoice=I amount=0.01",
       "50.00|30.00|0.00",
       {"I|2024-11-30|30.00|30.00|15|1-30", "I|2024-12-31|50.00|50.00|-16|not_due"}},
      {"2024-10-04 CreditNoteIssued credit_note=N invoice=I amount=40",
       "40.00|0.00|0.00",
       {"I|2024-12-31|50.00|40.00|-16|not_due"}},
      // A debit note falls due with the last instalment.
      {"2024-10-05 DebitNoteIssued debit_note=D invoice=I amount=15",
       "55.00|0.00|0.00",
       {"I|2024-12-31|50.00|55.00|-16|not_due"}},
      // Undoing an application opens the latest of what was settled.
      {"2024-10-06 ApplicationReversed application=A1",
       "65.00|9.99|0.00",
       {"I|2024-11-30|30.00|9.99|15|1-30", "I|2024-12-31|50.00|65.00|-16|not_due"}},
  };
  for (const auto& step : steps) {
    scenario_.Given({step.event});
    EXPECT_THAT(Rows(request, columns), ElementsAre(step.aging)) << step.event;
    EXPECT_EQ(OpenItems(request), step.items) << step.event;
  }
}

TEST_F(Aging, InstalmentsComeInAnyOrderAndMayShareADay) {
  scenario_.Given({
      "2024-10-01 InvoiceIssued customer=C invoice=I amount=100 "
      "instalments='2024-12-31 50.00;2024-10-31 20.00;2024-10-31 30.00'",
      "2024-10-01 PaymentReceived customer=C payment=P amount=100",
      "2024-10-02 PaymentApplied payment=P invoice=I amount=25",
      // It falls due with the last of them.
      "2024-10-03 DebitNoteIssued debit_note=D invoice=I amount=1",
  });
  const ReportRequest request = At("2024-12-15");
  EXPECT_THAT(Rows(request, {"not_due", "1-30", "31-60"}), ElementsAre("51.00|0.00|25.00"));
  EXPECT_THAT(OpenItems(request),
              ElementsAre("I|2024-10-31|30.00|25.00|45|31-60", "I|2024-12-31|50.00|51.00|-16|not_due"));
}

TEST_F(Aging, DisputedIsTheSmallerOfWhatIsOpenAndWhatOpenDisputesName) {
  scenario_.Given({
      "2024-10-01 InvoiceIssued customer=C invoice=I amount=100 due=2024-10-31",
      "2024-10-05 DisputeOpened dispute=D1 invoice=I amount=30",
      "2024-10-06 DisputeOpened dispute=D2 invoice=I amount=60",
      "2024-10-07 DisputeResolved dispute=D1 outcome=agreed",
      "2024-10-08 PaymentReceived customer=C payment=P amount=95",
      "2024-10-08 PaymentApplied payment=P invoice=I amount=95",
      "2024-10-09 DisputeResolved dispute=D2 outcome=dropped",
  });
  const struct {
    const char* effective;
    const char* disputed;
  } cases[] = {{"2024-10-04", "0.00"},  {"2024-10-05", "30.00"}, {"2024-10-06", "90.00"},
               {"2024-10-07", "60.00"}, {"2024-10-08", "5.00"},  {"2024-10-09", "0.00"}};
  for (const auto& one : cases) {
    EXPECT_THAT(Rows(At(one.effective), {"disputed"}), ElementsAre(one.disputed)) << one.effective;
    EXPECT_THAT(RowTexts(RunReport("open-items", At(one.effective)), {"disputed"}), ElementsAre(one.disputed));
  }
  ReportRequest before_resolved = At("2024-10-31");
  before_resolved.cut.known = 4;  // D2 opened, nothing further known
  EXPECT_THAT(Rows(before_resolved, {"disputed", "balance"}), ElementsAre("90.00|100.00"));
}

// However the items are shared out among threads, the figures of each group are the same.
TEST_F(Aging, IsTheSameHoweverItemsAreSharedOut) {
  std::vector<std::string> lines;
  lines.reserve(5 + 2 * 60);
  for (int customer = 0; customer < 5; customer++) {
    lines.push_back(
        fmt::format("2024-01-01 CustomerOpened customer=C{} name=x salesperson=s{}", customer, customer % 2));
  }
  for (int n = 0; n < 60; n++) {
    const std::string currency = n % 7 == 0 ? "JPY" : "CNY";
    lines.push_back(fmt::format("2024-{:02}-05 InvoiceIssued customer=C{} invoice=I{} amount={} currency={}{}",
                                n % 9 + 1, n % 5, n, 100 + n, currency,
                                n % 4 == 1 && currency == "CNY"
                                    ? fmt::format(" instalments='2024-10-01 {}.00;2024-12-01 60.00'", 40 + n)
                                    : ""));
    if (n % 3 == 0)
      lines.push_back(fmt::format("2024-10-02 DisputeOpened dispute=D{} invoice=I{} amount=30 reason=x", n, n));
    if (n % 4 == 1 && currency == "CNY") {
      lines.push_back(fmt::format("2024-10-03 DebitNoteIssued debit_note=B{} invoice=I{} amount=5", n, n));
    }
    if (n % 2 == 0) {
      lines.push_back(fmt::format("2024-10-04 PaymentReceived customer=C{} payment=P{} amount={} currency={}", n % 5, n,
                                  50 + n, currency));
      lines.push_back(fmt::format("2024-10-05 PaymentApplied payment=P{} invoice=I{} amount={}", n, n, 20 + n));
    }
  }
  scenario_.Given(lines);
  const auto history = History::Load(scenario_.log(), kAllHistoryParts);
  ASSERT_TRUE(history.ok());
  const auto buckets = AgingBuckets::Make({30, 60, 90});
  const AgingFigures figures(*buckets);
  for (const char* by : {"customer", "salesperson", "currency"}) {
    for (const char* day : {"2024-06-15", "2024-10-04", "2024-12-15"}) {
      ReportRequest request = At(day);
      request.by = by;
      std::vector<Report> reports;
      for (const size_t parts : {1, 2, 7, 90}) {
        auto grouping = Grouping::Make(request, *history, request.cut);
        ASSERT_TRUE(grouping.ok());
        const auto sums = AgingSums(*history, request.cut, AgingBasis::kDue, *buckets, *grouping, parts);
        reports.push_back(grouping->MakeReport("aging", figures.Columns(), sums));
        EXPECT_GE(reports.back().rows.size(), 2U);
        EXPECT_EQ(reports.back().rows, reports.front().rows) << by << " " << day << " " << parts;
      }
    }
  }
}

class Lists : public Aging {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=B name=Bo salesperson=sue",
        "2025-01-01 CustomerOpened customer=A name=An salesperson=tom",
        "2025-01-05 InvoiceIssued customer=B invoice=I1 amount=10 due=2025-02-01",
        "2025-01-05 InvoiceIssued customer=B invoice=I2 amount=20 due=2025-01-20 salesperson=tom",
        "2025-01-06 InvoiceIssued customer=A invoice=I3 amount=30 due=2025-02-01 currency=USD",
        "2025-01-06 InvoiceIssued customer=A invoice=I4 amount=40 due=2025-02-01",
        "2025-01-09 PaymentReceived customer=B payment=P2 amount=7",
        "2025-01-08 PaymentReceived customer=B payment=P1 amount=6",
        "2025-01-08 CreditNoteIssued customer=A credit_note=N1 amount=9 currency=USD",
        "2025-01-10 PaymentApplied payment=P1 invoice=I1 amount=4",
    });
  }
};

TEST_F(Lists, OpenItemsByCustomerAndDueDate) {
  const Report report = RunReport("open-items", At("2025-02-01"));
  EXPECT_THAT(ColumnNames(report),
              ElementsAre("customer", "invoice", "currency", "date", "due", "amount", "open", "age", "bucket",
                          "disputed", "salesperson", "overdue_days", "name", "original_due", "rescheduled", "covered"));
  EXPECT_THAT(RowTexts(report, ColumnNames(report)),
              ElementsAre("A|I3|USD|2025-01-06|2025-02-01|30.00|30.00|0|not_due|0.00|tom|0|An|2025-02-01||0.00",
                          "A|I4|CNY|2025-01-06|2025-02-01|40.00|40.00|0|not_due|0.00|tom|0|An|2025-02-01||0.00",
                          "B|I2|CNY|2025-01-05|2025-01-20|20.00|20.00|12|1-30|0.00|tom|12|Bo|2025-01-20||0.00",
                          "B|I1|CNY|2025-01-05|2025-02-01|10.00|6.00|0|not_due|0.00|sue|0|Bo|2025-02-01||0.00"));
  EXPECT_THAT(TotalTexts(report, ColumnNames(report)),
              ElementsAre("||CNY|||70.00|66.00|||0.00||||||0.00", "||USD|||30.00|30.00|||0.00||||||0.00"));
}

TEST_F(Lists, UnappliedByCustomerAndDate) {
  const Report report = RunReport("unapplied", At("2025-02-01"));
  EXPECT_THAT(ColumnNames(report), ElementsAre("customer", "payment", "credit_note", "currency", "date", "amount",
                                               "applied", "refunded", "unapplied", "age", "reference", "name"));
  EXPECT_THAT(RowTexts(report, ColumnNames(report)), ElementsAre("A||N1|USD|2025-01-08|9.00|0.00|0.00|9.00|24||An",
                                                                 "B|P1||CNY|2025-01-08|6.00|4.00|0.00|2.00|24||Bo",
                                                                 "B|P2||CNY|2025-01-09|7.00|0.00|0.00|7.00|23||Bo"));
  EXPECT_THAT(TotalTexts(report, {"currency", "unapplied"}), ElementsAre("CNY|9.00", "USD|9.00"));
}

TEST_F(Lists, GroupedListsAreSums) {
  const struct {
    const char* report;
    const char* by;
    std::vector<std::string> rows, totals;
  } cases[] = {
      {"open-items",
       "salesperson",
       {"sue|CNY|1|10.00|6.00|0.00|0.00", "tom|CNY|2|60.00|60.00|0.00|0.00", "tom|USD|1|30.00|30.00|0.00|0.00"},
       {"|CNY||70.00|66.00|0.00|0.00", "|USD||30.00|30.00|0.00|0.00"}},
      {"open-items",
       "currency",
       {"CNY|3|70.00|66.00|0.00|0.00", "USD|1|30.00|30.00|0.00|0.00"},
       {"CNY||70.00|66.00|0.00|0.00", "USD||30.00|30.00|0.00|0.00"}},
      {"unapplied",
       "customer",
       {"A|USD|1|9.00|0.00|0.00|9.00|An", "B|CNY|2|13.00|4.00|0.00|9.00|Bo"},
       {"|CNY||13.00|4.00|0.00|9.00|", "|USD||9.00|0.00|0.00|9.00|"}},
      {"aging",
       "salesperson",
       {"sue|CNY|6.00|0.00|-9.00|0.00|-3.00", "tom|CNY|40.00|20.00|0.00|0.00|60.00",
        "tom|USD|30.00|0.00|-9.00|0.00|21.00"},
       {"|CNY|46.00|20.00|-9.00|0.00|57.00", "|USD|30.00|0.00|-9.00|0.00|21.00"}},
  };
  for (const auto& one : cases) {
    ReportRequest request = At("2025-02-01");
    request.by = one.by;
    request.bucket_ends = {};
    const Report report = RunReport(one.report, request);
    EXPECT_EQ(RowTexts(report, ColumnNames(report)), one.rows) << one.report << " by " << one.by;
    EXPECT_EQ(TotalTexts(report, ColumnNames(report)), one.totals) << one.report << " by " << one.by;
  }
  ReportRequest request = At("2025-02-01");
  request.by = "moon";
  for (const char* name : {"open-items", "unapplied", "aging"}) {
    EXPECT_EQ(FailReport(name, request).code, ErrorCode::kInvalidArgument) << name;
  }
}

}  // namespace
}  // namespace duebook
