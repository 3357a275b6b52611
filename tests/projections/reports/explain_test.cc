#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;

class Explain : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2024-12-01 CustomerOpened customer=C name=Chen terms='2/10 net 30'",         // 1
        "2024-12-01 InvoiceIssued customer=C invoice=I1 amount=1000 due=2024-12-16",  // 2
        "2024-12-05 InvoiceIssued customer=C invoice=I2 amount=200 due=2025-01-15",   // 3
        "2024-12-06 PaymentReceived customer=C payment=P1 amount=500",                // 4
        // The accounts are signed here.
        "2024-12-10 PaymentApplied id=A1 payment=P1 invoice=I1 amount=490 discount=10 actor=kim",  // 5
        "2025-01-02 InvoiceIssued customer=C invoice=I3 amount=70",                                // 6, after the date
        "2024-12-20 CreditNoteIssued credit_note=N1 invoice=I2 amount=50 actor=lee",               // 7
        "2024-12-21 DisputeOpened dispute=D1 invoice=I1 amount=30",                                // 8
        "2024-12-22 InvoiceIssued customer=C invoice=I4 amount=8 currency=USD due=2025-01-22",     // 9
        "2024-12-22 DisputeResolved dispute=D1 outcome=dropped",                                   // 10
    });
  }
  Report Run(uint64_t before, uint64_t after) {
    ReportRequest request = scenario_.Request();
    request.cut = {Date::Parse("2024-12-31").value(), after};
    request.before = Cut{request.cut.effective, before};
    return RunReport("explain", request);
  }
  std::vector<std::string> Rows(uint64_t before, uint64_t after) {
    return RowTexts(Run(before, after),
                    {"seq", "date", "type", "actor", "document", "currency", "open", "unapplied", "balance"});
  }
  Scenario scenario_;
};

TEST_F(Explain, ListsWhatMovedTheFiguresAndAddsUpToTheDifference) {
  EXPECT_THAT(Rows(4, 9), ElementsAre("5|2024-12-10|PaymentApplied|kim|P1|CNY|-500.00|-490.00|-10.00",
                                      "7|2024-12-20|CreditNoteIssued|lee|N1|CNY|-50.00|0.00|-50.00",
                                      "9|2024-12-22|InvoiceIssued|clerk|I4|USD|8.00|0.00|8.00"));
  const Report report = Run(4, 9);
  EXPECT_THAT(TotalTexts(report, {"currency", "open", "unapplied", "balance"}),
              ElementsAre("CNY|-550.00|-490.00|-60.00", "USD|8.00|0.00|8.00"));
  EXPECT_THAT(FigureTexts(report),
              ElementsAre("CNY balance before=700.00", "CNY balance after=640.00", "CNY balance difference=-60.00",
                          "CNY not_due difference=-50.00", "CNY 1-30 difference=-500.00",
                          "CNY unapplied difference=490.00", "CNY disputed difference=30.00", "USD balance before=0.00",
                          "USD balance after=8.00", "USD balance difference=8.00", "USD not_due difference=8.00"));
}

TEST_F(Explain, BetweenAnyTwoStates) {
  const struct {
    uint64_t before, after;
    std::vector<std::string> rows;
  } cases[] = {
      {4, 4, {}},
      {5, 6, {}},  // effective after the date
      {0, 2, {"2|2024-12-01|InvoiceIssued|clerk|I1|CNY|1000.00|0.00|1000.00"}},
      {9, 10, {}},  // a dispute moves none of the figures
      {3, 4, {"4|2024-12-06|PaymentReceived|clerk|P1|CNY|0.00|500.00|-500.00"}},
  };
  for (const auto& one : cases) EXPECT_EQ(Rows(one.before, one.after), one.rows) << one.before << " " << one.after;
}

TEST_F(Explain, SumIsTheDifferenceOfTheBalancesForEveryPairOfStates) {
  const auto balance = [&](uint64_t known) {
    ReportRequest request = scenario_.Request();
    request.cut = {Date::Parse("2024-12-31").value(), known};
    request.by = "currency";
    for (const Row& row : RunReport("balance", request).rows) {
      if (std::get<std::string>(row.front()) == "CNY") return std::get<Money>(row.back()).amount;
    }
    return Sum{0};
  };
  for (uint64_t before = 0; before <= 10; ++before) {
    for (uint64_t after = before; after <= 10; ++after) {
      Sum sum = 0;
      for (const Row& row : Run(before, after).rows) {
        const Money& amount = std::get<Money>(row[12]);
        if (amount.currency.ToString() == "CNY") sum += amount.amount;
      }
      EXPECT_EQ(sum, balance(after) - balance(before)) << before << " to " << after;
    }
  }
}

TEST_F(Explain, TellsWhenWhoseAndWhat) {
  const Report report = Run(6, 7);
  EXPECT_THAT(RowTexts(report, {"recorded_at", "source", "customer", "text"}),
              ElementsAre("2026-01-01T00:00:00.000000Z|scenario|C|Credit note N1 of 50.00 CNY issued on invoice I2"));
}

TEST_F(Explain, OfOneCustomerAndByGroup) {
  scenario_.Given({"2024-12-01 CustomerOpened customer=D name=Dao",
                   "2024-12-01 InvoiceIssued customer=D invoice=I9 amount=5 due=2024-12-16"});
  ReportRequest request = scenario_.Request();
  request.cut.effective = Date::Parse("2024-12-31").value();
  request.before = Cut{request.cut.effective, 9};
  request.customers = {"D"};
  EXPECT_THAT(RowTexts(RunReport("explain", request), {"document", "balance"}), ElementsAre("I9|5.00"));
  request.customers.clear();
  request.by = "customer";
  EXPECT_THAT(RowTexts(RunReport("explain", request), {"customer", "currency", "items", "balance"}),
              ElementsAre("D|CNY|1|5.00"));
}

TEST_F(Explain, AWriteOffCountsFromTheDayItIsInForce) {
  scenario_.Given({"2024-12-30 WriteOffRequested write_off=W invoice=I1 amount=100 actor=ann",
                   "2024-12-31 WriteOffApproved write_off=W actor=con"});
  EXPECT_THAT(Rows(10, 12), ElementsAre("12|2024-12-31|WriteOffApproved|con|W|CNY|-100.00|0.00|-100.00"));
}

TEST_F(Explain, BetweenTwoDates) {
  ReportRequest request = scenario_.Request();
  request.cut.effective = Date::Parse("2024-12-20").value();
  request.before = Cut{Date::Parse("2024-12-06").value(), request.cut.known};
  EXPECT_THAT(RowTexts(RunReport("explain", request), {"seq", "open", "unapplied", "balance"}),
              ElementsAre("5|-500.00|-490.00|-10.00", "7|-50.00|0.00|-50.00"));
}

TEST_F(Explain, TheEarlierStateComesFirst) {
  ReportRequest request = scenario_.Request();
  request.cut.known = 4;
  request.before = Cut{request.cut.effective, 5};
  EXPECT_EQ(FailReport("explain", request).code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace duebook
