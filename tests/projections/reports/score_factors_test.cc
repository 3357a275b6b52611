#include "projections/reports/score_factors.h"

#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

class ScoreFactors : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({"2024-01-15 CustomerOpened customer=C since=2023-12-31", "2024-01-15 CustomerOpened customer=D"});
  }
  std::optional<int64_t> Of(ScoreFactor factor, std::string_view day, int months = 12,
                            const std::string& customer = "C") {
    const Cut cut{*Date::Parse(day), scenario_.log().last_seq()};
    const auto values = FactorsOf(scenario_.log(), customer, cut, months);
    EXPECT_TRUE(values.ok());
    return values->at(static_cast<size_t>(factor));
  }
  Scenario scenario_;
};

// 100.00 of 300.00, due 31 January, are paid ten days late, and of two instalments of 200.00 the first, due 1 March,
// and half of the second, due 1 April, on 11 March: (100 x 10 + 100 x 10 + 50 x 0) / 250 = 8.
TEST_F(ScoreFactors, DaysLateWeighsInstalmentsByWhatIsPaid) {
  scenario_.Given(
      {"2025-01-05 InvoiceIssued customer=C invoice=I1 amount=300 due=2025-01-31",
       "2025-01-05 InvoiceIssued customer=C invoice=I2 amount=200 instalments='2025-03-01 100;2025-04-01 100'",
       "2025-02-10 PaymentReceived customer=C payment=P1 amount=100",
       "2025-02-10 PaymentApplied id=a1 payment=P1 invoice=I1 amount=100",
       "2025-03-11 PaymentReceived customer=C payment=P2 amount=150",
       "2025-03-11 PaymentApplied id=a2 payment=P2 invoice=I2 amount=150"});
  EXPECT_EQ(Of(ScoreFactor::kDaysLate, "2025-02-09"), std::nullopt);
  EXPECT_EQ(Of(ScoreFactor::kDaysLate, "2025-02-10"), 10);
  EXPECT_EQ(Of(ScoreFactor::kDaysLate, "2025-03-31"), 8);
  // A month up to 10 April begins behind 10 March: (100 x 10 + 50 x 0) / 150 is 6.67.
  EXPECT_EQ(Of(ScoreFactor::kDaysLate, "2025-04-10", 1), 7);
  EXPECT_EQ(Of(ScoreFactor::kDaysLate, "2025-04-11", 1), std::nullopt);
  // A credit note is no cash, but pays the first instalment: what was paid of the second was early.
  scenario_.Given({"2025-02-01 CreditNoteIssued credit_note=N1 invoice=I2 amount=50"});
  EXPECT_EQ(Of(ScoreFactor::kDaysLate, "2025-04-10", 1), 3);
  scenario_.Given({"2025-04-01 ApplicationReversed application=a2"});
  EXPECT_EQ(Of(ScoreFactor::kDaysLate, "2025-04-10", 1), std::nullopt);
}

TEST_F(ScoreFactors, OverdueDaysAreTheGreatestAtTheCut) {
  scenario_.Given({"2025-01-05 InvoiceIssued customer=C invoice=I1 amount=300 due=2025-01-31",
                   "2025-01-05 InvoiceIssued customer=C invoice=I2 amount=300 due=2025-03-31",
                   "2025-01-05 InvoiceIssued customer=C invoice=I3 amount=300 due=2025-01-10 currency=USD"});
  EXPECT_EQ(Of(ScoreFactor::kOverdueDays, "2025-01-31"), 0);
  EXPECT_EQ(Of(ScoreFactor::kOverdueDays, "2025-02-01"), 1);
  EXPECT_EQ(Of(ScoreFactor::kOverdueDays, "2025-04-01"), 60);
}

TEST_F(ScoreFactors, PromisesCountWhoseLastDayIsInTheWindowAndOver) {
  scenario_.Given({"2025-01-10 PromiseMade customer=C promise=W1 amount=90 due=2025-01-20",
                   "2025-01-12 PaymentReceived customer=C payment=P1 amount=60",
                   "2025-02-10 PromiseMade customer=C promise=W2 amount=100 due=2025-02-20",
                   "2025-02-25 PromiseMade customer=C promise=W3 amount=100 due=2025-03-20",
                   "2025-02-26 PromiseWithdrawn promise=W3"});
  EXPECT_EQ(Of(ScoreFactor::kPromiseRate, "2025-01-20"), std::nullopt);
  EXPECT_EQ(Of(ScoreFactor::kPromiseRate, "2025-01-21"), 66);
  EXPECT_EQ(Of(ScoreFactor::kBroken, "2025-01-21"), 0);
  EXPECT_EQ(Of(ScoreFactor::kPromiseRate, "2025-12-31"), 31);  // 60 of 190
  EXPECT_EQ(Of(ScoreFactor::kBroken, "2025-12-31"), 1);
  EXPECT_EQ(Of(ScoreFactor::kBroken, "2026-02-20"), 0);
  EXPECT_EQ(Of(ScoreFactor::kPromiseRate, "2026-02-20"), std::nullopt);
}

TEST_F(ScoreFactors, CountsAreOfTheWindow) {
  scenario_.Given({"2025-01-05 InvoiceIssued customer=C invoice=I1 amount=300 due=2025-01-31",
                   "2025-01-10 DisputeOpened dispute=D1 invoice=I1 amount=10", "2025-01-10 CreditHoldPlaced customer=C",
                   "2025-01-10 PaymentReceived customer=C payment=P1 amount=10",
                   "2025-01-11 PaymentReversed payment=P1"});
  for (const ScoreFactor factor : {ScoreFactor::kDisputes, ScoreFactor::kHolds}) {
    EXPECT_EQ(Of(factor, "2025-01-09"), 0);
    EXPECT_EQ(Of(factor, "2025-01-10"), 1);
    EXPECT_EQ(Of(factor, "2025-02-09", 1), 1);
    EXPECT_EQ(Of(factor, "2025-02-10", 1), 0);
    EXPECT_EQ(Of(factor, "2025-02-09", 1, "D"), 0);
  }
  EXPECT_EQ(Of(ScoreFactor::kBounced, "2025-01-10"), 0);
  EXPECT_EQ(Of(ScoreFactor::kBounced, "2025-01-11"), 1);
}

TEST_F(ScoreFactors, RelationIsInWholeMonthsSinceTheFirstDealOrTheOpening) {
  EXPECT_EQ(Of(ScoreFactor::kRelation, "2024-02-28"), 1);  // from 31 December: the last day of January was a month
  EXPECT_EQ(Of(ScoreFactor::kRelation, "2024-02-29"), 2);
  EXPECT_EQ(Of(ScoreFactor::kRelation, "2024-02-14", 12, "D"), 0);
  EXPECT_EQ(Of(ScoreFactor::kRelation, "2024-02-15", 12, "D"), 1);
}

TEST_F(ScoreFactors, UtilisationIsTheGreatestNumberWhereItIsMore) {
  scenario_.Given({"2025-01-05 CreditLimitSet customer=C limit=0.01",
                   "2025-01-05 InvoiceIssued customer=C invoice=I1 amount=0.03 due=2025-01-31"});
  EXPECT_EQ(Of(ScoreFactor::kUtilisation, "2025-01-05"), 300);
  scenario_.Given({"2025-01-06 InvoiceIssued customer=C invoice=I2 amount=92233720368547758.04 due=2025-01-31"});
  EXPECT_EQ(Of(ScoreFactor::kUtilisation, "2025-01-06"), INT64_MAX);
}

}  // namespace
}  // namespace duebook
