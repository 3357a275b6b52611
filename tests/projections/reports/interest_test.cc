// Late interest, with figures worked out by hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/reports/interest_rates.h"
#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Interest : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({"2024-01-01 CustomerOpened customer=C name=Chen",
                     "2024-01-01 InvoiceIssued customer=C invoice=I amount=36500 due=2025-01-31"});
  }
  ReportRequest At(std::string_view effective) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Date::Parse(effective).value();
    return request;
  }
  std::vector<std::string> Rows(std::string_view effective, const std::vector<std::string>& columns) {
    return RowTexts(RunReport("interest", At(effective)), columns);
  }
  // "5.00" of the one row.
  std::string Accrued(std::string_view effective) {
    const auto rows = Rows(effective, {"accrued"});
    return rows.size() == 1 ? rows.front() : rows.empty() ? "none" : "several";
  }
  Scenario scenario_;
};

// At 10 per cent 36,500.00 bear 10.00 a day.
TEST_F(Interest, TheDayOfPaymentCountsAndTheDueDateDoesNot) {
  scenario_.Given({"2024-01-01 InterestSet rate=10", "2025-02-10 PaymentReceived customer=C payment=P amount=36500",
                   "2025-02-10 PaymentApplied payment=P invoice=I amount=36500"});
  EXPECT_EQ(Accrued("2025-01-31"), "none");
  EXPECT_EQ(Accrued("2025-02-01"), "10.00");
  EXPECT_EQ(Accrued("2025-02-10"), "100.00");
  EXPECT_THAT(Rows("2025-12-31", {"customer", "invoice", "from", "through", "days", "accrued", "billed", "unbilled"}),
              ElementsAre("C|I|2025-02-01|2025-02-10|10|100.00|0.00|100.00"));
}

TEST_F(Interest, DaysOfGraceStayFree) {
  scenario_.Given({"2024-01-01 InterestSet rate=10 grace=5"});
  EXPECT_EQ(Accrued("2025-02-05"), "none");
  EXPECT_THAT(Rows("2025-02-07", {"from", "days", "accrued"}), ElementsAre("2025-02-06|2|20.00"));
}

TEST_F(Interest, TheNearestTermsHoldFromTheirDay) {
  scenario_.Given({"2025-02-03 InterestSet invoice=I rate=20", "2025-02-02 InterestSet customer=C rate=0",
                   "2024-01-01 InterestSet rate=10", "2025-02-05 InterestSet rate=30",
                   "2025-02-04 InterestSet invoice=I rate=40"});
  EXPECT_EQ(Accrued("2025-02-01"), "10.00");   // the general ones
  EXPECT_EQ(Accrued("2025-02-02"), "10.00");   // the customer's: none
  EXPECT_EQ(Accrued("2025-02-03"), "30.00");   // its own
  EXPECT_EQ(Accrued("2025-02-05"), "110.00");  // its own of the day before, whatever is said of others
}

TEST_F(Interest, CountsDaysAsTheTermsSay) {
  scenario_.Given({"2024-01-01 InterestSet rate=10 day_count=act/360"});
  EXPECT_EQ(Accrued("2025-03-31"), "598.19");  // 36,500 x 10 % x 59 / 360 = 598.194
  scenario_.Given({"2024-01-01 InterestSet rate=10 day_count=30/360"});
  // From the 31st of January, taken as the 30th, to the 31st of March, taken as the 30th: 60 days, 608.333.
  EXPECT_THAT(Rows("2025-03-31", {"days", "accrued"}), ElementsAre("60|608.33"));
  EXPECT_EQ(Accrued("2025-03-30"), "608.33");
  scenario_.Given({"2024-01-01 InterestSet rate=0.05 day_count=day"});
  EXPECT_EQ(Accrued("2025-02-02"), "36.50");
  // Rounded once, and not day by day: 50.00 bear 0.00005 a day.
  scenario_.Given({"2024-01-01 InterestSet rate=0.0001 day_count=day",
                   "2024-01-01 InvoiceIssued customer=C invoice=S amount=50.00 due=2024-01-01",
                   "2024-01-01 InterestSet invoice=I rate=0"});
  EXPECT_EQ(Accrued("2024-04-10"), "none");  // 100 days are half a cent, which is rounded to none
  EXPECT_EQ(Accrued("2024-04-11"), "0.01");
}

// 36,500.00 in two halves of 182.50 days of 10.00 each: 5.00 a day.
TEST_F(Interest, RunsOnEachPartFromItsOwnDay) {
  scenario_.Given({"2024-01-01 InterestSet rate=10", "2024-12-01 InterestSet invoice=I rate=0",
                   "2025-01-01 InvoiceIssued customer=C invoice=J amount=36500 "
                   "instalments='2025-01-31 18250.00;2025-02-10 18250.00'",
                   "2025-02-15 InvoiceRescheduled invoice=J reason=plan instalments='2025-02-20 36500.00'"});
  EXPECT_EQ(Accrued("2025-02-10"), "50.00");
  EXPECT_EQ(Accrued("2025-02-12"), "70.00");
  // The day of the new schedule still bears, as the day of a payment does.
  EXPECT_EQ(Accrued("2025-02-15"), "100.00");
  EXPECT_EQ(Accrued("2025-02-20"), "100.00");
  EXPECT_EQ(Accrued("2025-02-21"), "110.00");
}

TEST_F(Interest, InterestAndChargesBearNone) {
  scenario_.Given(
      {"2024-01-01 InterestSet rate=10",
       "2025-02-10 DebitNoteIssued id=N debit_note=D1 invoice=I amount=100 kind=interest through=2025-02-10",
       "2025-02-10 DebitNoteIssued debit_note=D2 invoice=I amount=40 kind=charge"});
  EXPECT_THAT(Rows("2025-02-20", {"accrued", "billed", "unbilled"}), ElementsAre("200.00|100.00|100.00"));
  scenario_.Given({"2025-02-10 DebitNoteIssued debit_note=D3 invoice=I amount=3650"});
  EXPECT_EQ(Accrued("2025-02-20"), "210.00") << "any other note does";
  scenario_.Given({"2025-02-20 EventReversed event=N"});
  EXPECT_THAT(Rows("2025-02-19", {"accrued", "billed", "unbilled"}), ElementsAre("199.00|100.00|99.00"));
  EXPECT_THAT(Rows("2025-02-20", {"accrued", "billed", "unbilled"}), ElementsAre("210.00|0.00|210.00"));
  // Principal is paid first: what is left is interest and charges alone.
  scenario_.Given({"2025-02-20 PaymentReceived customer=C payment=P amount=40150",
                   "2025-02-20 PaymentApplied payment=P invoice=I amount=40150"});
  EXPECT_EQ(Accrued("2025-12-31"), "210.00");
}

TEST_F(Interest, OfAVoidInvoiceThereIsNone) {
  scenario_.Given({"2024-01-01 InterestSet rate=10",
                   "2025-02-05 DebitNoteIssued debit_note=D1 invoice=I amount=50 kind=interest through=2025-02-05",
                   "2025-02-10 InvoiceVoided invoice=I"});
  EXPECT_THAT(Rows("2025-02-09", {"accrued", "billed", "unbilled"}), ElementsAre("90.00|50.00|40.00"));
  EXPECT_EQ(Accrued("2025-02-10"), "none") << "what was billed the void took off";
}

TEST_F(Interest, ALaterNoteThatWasReversedBilledNothing) {
  scenario_.Given({"2024-01-01 InterestSet rate=10",
                   "2025-02-20 DebitNoteIssued id=N debit_note=D1 invoice=I amount=200 kind=interest"});
  const auto found_on_10_february = [&] { return FindReport("interest")->record(At("2025-02-10")).value().size(); };
  EXPECT_EQ(found_on_10_february(), 0U);
  scenario_.Given({"2025-02-25 EventReversed event=N"});
  EXPECT_EQ(found_on_10_february(), 1U);
}

// 36,500.00 bear 10.00 a day; half of it is contested on 3 February, so from the 4th on 5.00 a day.
TEST_F(Interest, ADisputeWaitsAndItsOutcomeDecidesBackwards) {
  scenario_.Given({"2024-01-01 InterestSet rate=10", "2025-02-03 DisputeOpened dispute=D invoice=I amount=18250"});
  EXPECT_EQ(Accrued("2025-02-03"), "30.00");
  EXPECT_EQ(Accrued("2025-02-13"), "80.00");
  scenario_.Given({"2025-02-14 DisputeResolved dispute=D outcome=rejected"});
  EXPECT_EQ(Accrued("2025-02-13"), "80.00");
  EXPECT_EQ(Accrued("2025-02-14"), "140.00");
  scenario_.Given({"2025-01-01 InterestSet rate=10 disputed=accrues"});
  EXPECT_EQ(Accrued("2025-02-13"), "130.00");
}

TEST_F(Interest, AVoidedPaymentBringsItsDaysBackByWhatIsKnown) {
  scenario_.Given({"2024-01-01 InterestSet rate=10", "2025-02-05 PaymentReceived customer=C payment=P amount=36500",
                   "2025-02-05 PaymentApplied payment=P invoice=I amount=36500",
                   "2025-02-08 PaymentReversed payment=P reason=bounced"});
  // Five days until it was paid; the day on which it came back bears nothing yet.
  EXPECT_EQ(Accrued("2025-02-08"), "50.00");
  EXPECT_EQ(Accrued("2025-02-10"), "70.00");
  ReportRequest earlier = At("2025-02-10");
  earlier.cut.known = 5;
  EXPECT_THAT(RowTexts(RunReport("interest", earlier), {"accrued"}), ElementsAre("50.00"));
}

TEST_F(Interest, TellsNothingWhereNoRateIsSet) { EXPECT_THAT(Rows("2025-12-31", {"accrued"}), IsEmpty()); }

TEST_F(Interest, KnowsTheRateOfADay) {
  scenario_.Given({"2024-01-01 InterestSet rate=0.05 day_count=day", "2025-01-01 InterestSet customer=C rate=12"});
  const auto history = scenario_.Request().LoadHistory({HistoryPart::kFacts});
  ASSERT_TRUE(history.ok());
  const InterestRates rates(*history, {Date::Max(), UINT64_MAX});
  EXPECT_EQ(rates.YearlyRate(0, Date::Parse("2023-12-31").value()), 0);
  EXPECT_EQ(rates.YearlyRate(0, Date::Parse("2024-12-31").value()), 182'500);
  EXPECT_EQ(rates.YearlyRate(0, Date::Parse("2025-01-01").value()), 120'000);
}

}  // namespace
}  // namespace duebook
