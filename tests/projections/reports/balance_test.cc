#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kAll{"customer", "currency",    "invoiced", "debited",   "credited",
                                    "applied",  "written_off", "open",     "unapplied", "balance"};

class Balance : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=B name=Bo salesperson=sue",                           // 1
        "2025-01-01 CustomerOpened customer=A name=An terms='2/10 net 30'",                       // 2
        "2025-01-01 CustomerOpened customer=Z name=Zed",                                          // 3
        "2025-01-05 InvoiceIssued customer=A invoice=I1 amount=1000",                             // 4
        "2025-01-06 DebitNoteIssued debit_note=D1 invoice=I1 amount=50",                          // 5
        "2025-01-07 CreditNoteIssued credit_note=N1 invoice=I1 amount=20",                        // 6
        "2025-01-08 PaymentReceived customer=A payment=P1 amount=400",                            // 7
        "2025-01-09 PaymentApplied id=A1 payment=P1 invoice=I1 amount=392 discount=8",            // 8
        "2025-01-10 CreditNoteIssued customer=A credit_note=N2 amount=5",                         // 9
        "2025-01-12 InvoiceIssued customer=A invoice=I2 amount=70 currency=USD salesperson=tom",  // 10
        "2025-01-20 WriteOffRequested write_off=W1 invoice=I1 amount=30 actor=ann",               // 11
        "2025-01-21 WriteOffApproved write_off=W1 actor=con",                                     // 12
        "2025-01-05 InvoiceIssued customer=B invoice=I3 amount=1000",                             // 13
        "2025-01-25 InvoiceVoided invoice=I3",                                                    // 14
        "2025-02-01 ApplicationReversed application=A1",                                          // 15
    });
  }
  std::vector<std::string> Rows(std::string_view effective, uint64_t known, std::string by = "") {
    ReportRequest request = scenario_.Request();
    request.cut = {Date::Parse(effective).value(), known};
    request.by = std::move(by);
    report_ = RunReport("balance", request);
    std::vector<std::string> names;
    for (const Column& column : report_.columns) names.push_back(column.name);
    return RowTexts(report_, names);
  }
  Scenario scenario_;
  Report report_;
};

TEST_F(Balance, EveryFigureAtEveryCut) {
  constexpr uint64_t kNow = 15;
  const struct {
    const char* effective;
    uint64_t known;
    std::vector<std::string> rows;
  } cases[] = {
      {"2025-01-04", kNow, {}},
      {"2025-01-05", 3, {}},
      {"2025-01-05", 4, {"A|CNY|1000.00|0.00|0.00|0.00|0.00|1000.00|0.00|1000.00|An"}},
      {"2025-01-08", 12, {"A|CNY|1000.00|50.00|20.00|0.00|0.00|1030.00|400.00|630.00|An"}},
      {"2025-01-09", 12, {"A|CNY|1000.00|50.00|20.00|400.00|0.00|630.00|8.00|622.00|An"}},
      {"2025-01-31",
       kNow,
       {"A|CNY|1000.00|50.00|20.00|400.00|30.00|600.00|13.00|587.00|An",
        "A|USD|70.00|0.00|0.00|0.00|0.00|70.00|0.00|70.00|An",
        "B|CNY|1000.00|0.00|1000.00|0.00|0.00|0.00|0.00|0.00|Bo"}},
      {"2025-02-01",
       kNow,
       {"A|CNY|1000.00|50.00|20.00|0.00|30.00|1000.00|405.00|595.00|An",
        "A|USD|70.00|0.00|0.00|0.00|0.00|70.00|0.00|70.00|An",
        "B|CNY|1000.00|0.00|1000.00|0.00|0.00|0.00|0.00|0.00|Bo"}},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(Rows(one.effective, one.known), one.rows) << one.effective << " known " << one.known;
  }
}

TEST_F(Balance, TotalsAreOneForEachCurrency) {
  Rows("2025-01-31", 15);
  EXPECT_THAT(TotalTexts(report_, kAll), ElementsAre("|CNY|2000.00|50.00|1020.00|400.00|30.00|600.00|13.00|587.00",
                                                     "|USD|70.00|0.00|0.00|0.00|0.00|70.00|0.00|70.00"));
}

TEST_F(Balance, GroupedOtherwise) {
  EXPECT_THAT(Rows("2025-01-31", 15, "currency"),
              ElementsAre("CNY|2000.00|50.00|1020.00|400.00|30.00|600.00|13.00|587.00",
                          "USD|70.00|0.00|0.00|0.00|0.00|70.00|0.00|70.00"));
  // An invoice's own salesperson before its customer's; An has none.
  EXPECT_THAT(Rows("2025-01-31", 15, "salesperson"),
              ElementsAre("|CNY|1000.00|50.00|20.00|400.00|30.00|600.00|13.00|587.00",
                          "sue|CNY|1000.00|0.00|1000.00|0.00|0.00|0.00|0.00|0.00",
                          "tom|USD|70.00|0.00|0.00|0.00|0.00|70.00|0.00|70.00"));
  EXPECT_EQ(Rows("2025-01-31", 15, "customer"), Rows("2025-01-31", 15));
  ReportRequest request = scenario_.Request();
  request.by = "moon";
  EXPECT_EQ(FailReport("balance", request).code, ErrorCode::kInvalidArgument);
}

TEST_F(Balance, OfSomeCustomersIsTheirPartOfAll) {
  ReportRequest request = scenario_.Request();
  request.customers = {"B"};
  EXPECT_THAT(RowTexts(RunReport("balance", request), kAll),
              ElementsAre("B|CNY|1000.00|0.00|1000.00|0.00|0.00|0.00|0.00|0.00"));
  request.customers = {"Z"};
  EXPECT_THAT(RunReport("balance", request).rows, IsEmpty());
  request.customers = {"B", "nobody"};
  EXPECT_EQ(FailReport("balance", request).code, ErrorCode::kNotFound);
}

TEST_F(Balance, KnowledgeBeyondTheNewestEventIsTheNewest) {
  ReportRequest request = scenario_.Request();
  request.cut.known = 1000;
  EXPECT_EQ(RunReport("balance", request).cut.known, 15U);
  request.cut.known = 10;
  EXPECT_EQ(RunReport("balance", request).cut.known, 10U);
}

TEST(BalanceOfNothing, AnEmptyLedgerHasNoRows) {
  Scenario scenario;
  const Report report = RunReport("balance", scenario.Request());
  EXPECT_THAT(report.rows, IsEmpty());
  EXPECT_THAT(report.totals, IsEmpty());
}

}  // namespace
}  // namespace duebook
