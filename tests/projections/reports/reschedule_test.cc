// Invoices whose days of payment were changed after they were issued.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;

class Reschedule : public testing::Test {
 protected:
  void SetUp() override { scenario_.Given({"2025-01-01 CustomerOpened customer=C name=Chen"}); }
  ReportRequest At(std::string_view effective, AgingBasis basis = AgingBasis::kDue) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Date::Parse(effective).value();
    request.basis = basis;
    return request;
  }
  std::vector<std::string> OpenItems(const ReportRequest& request,
                                     const std::vector<std::string>& columns = {"due", "amount", "open"}) {
    return RowTexts(RunReport("open-items", request), columns);
  }
  Scenario scenario_;
};

TEST_F(Reschedule, IsInForceFromItsDateOn) {
  scenario_.Given({
      "2025-01-01 InvoiceIssued customer=C invoice=I amount=100 due=2025-01-31",
      "2025-03-01 InvoiceRescheduled id=R1 invoice=I reason=plan instalments='2025-04-30 100.00'",
      "2025-03-05 InvoiceRescheduled id=R2 invoice=I reason=plan instalments='2025-05-31 40.00;2025-06-30 60.00'",
      "2025-03-05 InvoiceRescheduled id=R3 invoice=I reason=plan instalments='2025-07-31 100.00'",
  });
  EXPECT_THAT(OpenItems(At("2025-02-28")), ElementsAre("2025-01-31|100.00|100.00"));
  EXPECT_THAT(OpenItems(At("2025-03-01")), ElementsAre("2025-04-30|100.00|100.00"));
  EXPECT_THAT(OpenItems(At("2025-03-05")), ElementsAre("2025-07-31|100.00|100.00"));
  EXPECT_EQ(scenario_.Refused("2025-03-10 EventReversed event=R2"), "before_its_cause");
  EXPECT_EQ(scenario_.Refused("2025-03-04 InvoiceRescheduled invoice=I reason=plan instalments='2025-04-30 100.00'"),
            "before_its_cause");
  EXPECT_EQ(scenario_.Refused("2025-03-06 InvoiceRescheduled invoice=I reason=plan instalments='2025-04-30 99.99'"),
            "instalments_differ");
  scenario_.Given({"2025-03-10 EventReversed event=R3"});
  EXPECT_THAT(OpenItems(At("2025-03-09")), ElementsAre("2025-07-31|100.00|100.00"));
  EXPECT_THAT(OpenItems(At("2025-03-10")), ElementsAre("2025-05-31|40.00|40.00", "2025-06-30|60.00|60.00"));
  ReportRequest before_it_was_known = At("2025-03-10");
  before_it_was_known.cut.known = 4;
  EXPECT_THAT(OpenItems(before_it_was_known), ElementsAre("2025-05-31|40.00|40.00", "2025-06-30|60.00|60.00"));
  before_it_was_known.cut.known = 3;
  EXPECT_THAT(OpenItems(before_it_was_known), ElementsAre("2025-04-30|100.00|100.00"));
}

// By hand: 600.00 of 900.00 were left, in two parts of 300.00; and 10.00 of a debit note that is dated later.
TEST_F(Reschedule, FillsFromTheLastPartWhateverIsDatedBack) {
  scenario_.Given({
      "2025-01-01 InvoiceIssued customer=C invoice=I amount=900 due=2025-01-31",
      "2025-01-01 PaymentReceived customer=C payment=P amount=900",
      "2025-03-10 PaymentApplied id=A1 payment=P invoice=I amount=300",
      "2025-04-01 DebitNoteIssued debit_note=D0 invoice=I amount=10",
      "2025-03-10 InvoiceRescheduled invoice=I reason=plan instalments='2025-05-31 300.00;2025-04-30 300.00'",
  });
  const ReportRequest request = At("2025-05-15");
  const struct {
    const char* event;
    std::vector<std::string> items;
  } steps[] = {
      {"2025-03-10 NoteAdded customer=C text=start", {"2025-04-30|300.00|300.00", "2025-05-31|300.00|310.00"}},
      {"2025-02-01 PaymentApplied payment=P invoice=I amount=100",
       {"2025-04-30|300.00|200.00", "2025-05-31|300.00|310.00"}},
      // Recorded after the schedule, though dated before it.
      {"2025-03-01 DebitNoteIssued debit_note=D1 invoice=I amount=50",
       {"2025-04-30|300.00|200.00", "2025-05-31|300.00|360.00"}},
      // 860.00 are open and 660.00 of them fit: the last part takes the excess of 200.00.
      {"2025-03-20 ApplicationReversed application=A1", {"2025-04-30|300.00|300.00", "2025-05-31|300.00|560.00"}},
      {"2025-03-21 PaymentApplied payment=P invoice=I amount=700", {"2025-05-31|300.00|160.00"}},
  };
  for (const auto& step : steps) {
    scenario_.Given({step.event});
    EXPECT_EQ(OpenItems(request), step.items) << step.event;
  }
}

// By hand: of 660.00 with a debit note of 60.00, in parts of 300.00 and 360.00, the note is undone again, so that
// 600.00 are open; a later note of 25.00 comes and goes.
TEST_F(Reschedule, DebitNotesBesideItFallDueWithItsLastPart) {
  scenario_.Given({
      "2025-01-01 InvoiceIssued customer=C invoice=I amount=600 due=2025-01-31",
      "2025-02-01 DebitNoteIssued id=D debit_note=D0 invoice=I amount=60",
      "2025-03-10 InvoiceRescheduled invoice=I reason=plan instalments='2025-04-30 300.00;2025-05-31 360.00'",
      "2025-04-01 EventReversed event=D",
      "2025-04-02 DebitNoteIssued id=E debit_note=D1 invoice=I amount=25",
      "2025-04-03 EventReversed event=E",
  });
  EXPECT_THAT(OpenItems(At("2025-03-31")), ElementsAre("2025-04-30|300.00|300.00", "2025-05-31|360.00|360.00"));
  EXPECT_THAT(OpenItems(At("2025-04-01")), ElementsAre("2025-04-30|300.00|240.00", "2025-05-31|360.00|360.00"));
  EXPECT_THAT(OpenItems(At("2025-04-02")), ElementsAre("2025-04-30|300.00|240.00", "2025-05-31|360.00|385.00"));
  EXPECT_THAT(OpenItems(At("2025-04-03")), ElementsAre("2025-04-30|300.00|240.00", "2025-05-31|360.00|360.00"));
}

TEST_F(Reschedule, SaysWhenTheSameMoneyWasDueFirst) {
  scenario_.Given({
      "2025-01-01 InvoiceIssued customer=C invoice=I amount=900 instalments='2025-01-31 400.00;2025-02-28 500.00'",
      "2025-03-01 InvoiceRescheduled invoice=I reason=plan instalments='2025-04-30 600.00;2025-05-31 300.00'",
  });
  const std::vector<std::string> columns{"due", "open", "original_due", "rescheduled"};
  EXPECT_THAT(OpenItems(At("2025-02-28"), columns),
              ElementsAre("2025-01-31|400.00|2025-01-31|", "2025-02-28|500.00|2025-02-28|"));
  EXPECT_THAT(OpenItems(At("2025-05-15"), columns),
              ElementsAre("2025-04-30|600.00|2025-01-31|2025-03-01", "2025-05-31|300.00|2025-02-28|2025-03-01"));
  EXPECT_THAT(OpenItems(At("2025-05-15", AgingBasis::kOriginal), columns),
              ElementsAre("2025-01-31|400.00|2025-01-31|2025-03-01", "2025-02-28|500.00|2025-02-28|2025-03-01"));
  // Of the 450.00 left all is of the second part that it was issued with.
  scenario_.Given({"2025-03-02 PaymentReceived customer=C payment=P amount=450",
                   "2025-03-02 PaymentApplied payment=P invoice=I amount=450"});
  EXPECT_THAT(OpenItems(At("2025-05-15"), columns),
              ElementsAre("2025-04-30|150.00|2025-02-28|2025-03-01", "2025-05-31|300.00|2025-02-28|2025-03-01"));
}

TEST_F(Reschedule, AgesByTheScheduleOrAsIssued) {
  scenario_.Given({
      "2025-01-01 InvoiceIssued customer=C invoice=I amount=500 due=2025-01-31",
      "2025-03-10 InvoiceRescheduled invoice=I reason=plan instalments='2025-04-30 200.00;2025-05-31 300.00'",
  });
  const std::vector<std::string> columns{"not_due", "1-30", "91-120", "121-180"};
  const auto aging = [&](AgingBasis basis) { return RowTexts(RunReport("aging", At("2025-05-15", basis)), columns); };
  EXPECT_THAT(aging(AgingBasis::kDue), ElementsAre("300.00|200.00|0.00|0.00"));
  EXPECT_THAT(aging(AgingBasis::kOriginal), ElementsAre("0.00|0.00|500.00|0.00"));
  EXPECT_THAT(aging(AgingBasis::kInvoice), ElementsAre("0.00|0.00|0.00|500.00"));
  EXPECT_THAT(RowTexts(RunReport("customers", At("2025-05-15")), {"overdue", "oldest"}), ElementsAre("200.00|15"));
}

// What a schedule moves from bucket to bucket is a row of its own, and all rows add up.
TEST_F(Reschedule, ExplainsWhatItMoves) {
  scenario_.Given({
      "2025-01-01 InvoiceIssued customer=C invoice=I amount=500 due=2025-01-31",
      "2025-03-10 InvoiceRescheduled id=R invoice=I reason=plan instalments='2025-04-30 200.00;2025-05-31 300.00'",
      "2025-03-20 EventReversed event=R",
  });
  ReportRequest request = At("2025-03-31");
  request.by_bucket = true;
  request.bucket_ends = {30};
  request.before = Cut{Date::Parse("2025-02-15").value(), 4};
  EXPECT_THAT(RowTexts(RunReport("explain", request), {"type", "not_due", "1-30", "31+"}),
              ElementsAre("time|0.00|-500.00|500.00", "InvoiceRescheduled|500.00|0.00|-500.00",
                          "EventReversed|-500.00|0.00|500.00"));
}

}  // namespace
}  // namespace duebook
