#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class Trail : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=C name=Chen",
        "2025-01-05 InvoiceIssued customer=C invoice=I1 amount=1000 due=2025-02-05 memo='second try'",
        "2025-01-05 InvoiceIssued customer=C invoice=I2 amount=70 due=2025-02-05",
        "2025-01-10 PaymentReceived customer=C payment=P1 amount=400",
        "2025-01-10 PaymentApplied id=A1 payment=P1 invoice=I1 amount=300",
        "2025-01-10 PaymentApplied id=A2 payment=P1 invoice=I2 amount=70",
        "2025-01-11 PromiseMade customer=C promise=R1 amount=10 due=2025-01-20 invoices=I1;I2",
        "2025-01-12 DisputeOpened dispute=D1 invoice=I1 amount=50",
        "2025-01-13 WriteOffRequested write_off=W1 invoice=I1 amount=100 reason=lost actor=ann",
        "2025-01-14 WriteOffApproved write_off=W1 actor=con",
        "2025-01-15 ApplicationReversed application=A1 reason=error",
        "2025-01-09 CreditNoteIssued credit_note=N1 invoice=I1 amount=20",
        "2025-01-16 ContactLogged customer=C text='called again'",
        "2025-01-17 PaymentReceived customer=C payment=I1 amount=5",
    });
  }
  Report Run(const std::string& subject, std::string_view effective = "") {
    ReportRequest request = scenario_.Request();
    request.subject = subject;
    if (!effective.empty()) request.cut.effective = Day(effective);
    return RunReport("trail", request);
  }
  std::vector<std::string> Lines(const Report& report) { return RowTexts(report, {"seq", "type", "before", "after"}); }
  Scenario scenario_;
};

TEST_F(Trail, InvoiceHasEveryEventThatTouchesIt) {
  EXPECT_THAT(Lines(Run("invoice:I1")),
              ElementsAre("2|InvoiceIssued|0.00|1000.00", "5|PaymentApplied|1000.00|700.00",
                          "7|PromiseMade|700.00|700.00", "8|DisputeOpened|700.00|700.00",
                          "9|WriteOffRequested|700.00|700.00", "10|WriteOffApproved|700.00|600.00",
                          "11|ApplicationReversed|600.00|900.00", "12|CreditNoteIssued|900.00|880.00"));
}

TEST_F(Trail, PaymentShowsWhatIsUnapplied) {
  EXPECT_THAT(Lines(Run("P1")), ElementsAre("4|PaymentReceived|0.00|400.00", "5|PaymentApplied|400.00|100.00",
                                            "6|PaymentApplied|100.00|30.00", "11|ApplicationReversed|30.00|330.00"));
}

TEST_F(Trail, CustomerShowsItsBalance) {
  EXPECT_THAT(Lines(Run("C")), ElementsAre("1|CustomerOpened|0.00|0.00", "2|InvoiceIssued|0.00|1000.00",
                                           "3|InvoiceIssued|1000.00|1070.00", "4|PaymentReceived|1070.00|670.00",
                                           "5|PaymentApplied|670.00|670.00", "6|PaymentApplied|670.00|670.00",
                                           "7|PromiseMade|670.00|670.00", "8|DisputeOpened|670.00|670.00",
                                           "9|WriteOffRequested|670.00|670.00", "10|WriteOffApproved|670.00|570.00",
                                           "11|ApplicationReversed|570.00|570.00", "12|CreditNoteIssued|570.00|550.00",
                                           "13|ContactLogged|550.00|550.00", "14|PaymentReceived|550.00|545.00"));
}

TEST_F(Trail, WriteOffShowsWhatOfItIsInForce) {
  scenario_.Given({"2025-01-20 WriteOffReversed write_off=W1"});
  EXPECT_THAT(Lines(Run("W1")), ElementsAre("9|WriteOffRequested|0.00|0.00", "10|WriteOffApproved|0.00|100.00",
                                            "15|WriteOffReversed|100.00|0.00"));
}

TEST_F(Trail, OtherDocumentsHaveNoFigure) {
  EXPECT_THAT(Lines(Run("D1")), ElementsAre("8|DisputeOpened||"));
  EXPECT_THAT(Lines(Run("N1")), ElementsAre("12|CreditNoteIssued||"));
  EXPECT_THAT(Lines(Run("A1")), ElementsAre("5|PaymentApplied||", "11|ApplicationReversed||"));
  EXPECT_THAT(Lines(Run("R1")), ElementsAre("7|PromiseMade||"));
}

TEST_F(Trail, InvoiceHasWhatBecameOfThePromisesToPayIt) {
  scenario_.Given({"2025-01-18 PromiseWithdrawn promise=R1 reason=sold"});
  EXPECT_EQ(Lines(Run("invoice:I1")).back(), "15|PromiseWithdrawn|880.00|880.00");
}

TEST_F(Trail, CountsWhatTheCutSees) {
  EXPECT_THAT(Lines(Run("invoice:I1", "2025-01-09")),
              ElementsAre("2|InvoiceIssued|0.00|1000.00", "12|CreditNoteIssued|1000.00|980.00"));
  ReportRequest request = scenario_.Request();
  request.subject = "P1";
  request.cut.known = 5;
  EXPECT_THAT(Lines(RunReport("trail", request)),
              ElementsAre("4|PaymentReceived|0.00|400.00", "5|PaymentApplied|400.00|100.00"));
}

TEST_F(Trail, ANumberOfSeveralKindsIsRefusedUnlessTheKindIsSaid) {
  ReportRequest request = scenario_.Request();
  request.subject = "I1";
  const Error error = FailReport("trail", request);
  EXPECT_EQ(error.code, ErrorCode::kNotFound);
  EXPECT_THAT(error.sentence, HasSubstr("invoice, payment"));
  EXPECT_THAT(Lines(Run("payment:I1")), ElementsAre("14|PaymentReceived|0.00|5.00"));
}

TEST_F(Trail, SaysWhoWhenFromWhereAndWhat) {
  const Report report = Run("invoice:I1");
  EXPECT_THAT(RowTexts(report, {"recorded_at"}), Each(HasSubstr("2026-01-01T")));
  EXPECT_THAT(RowTexts(report, {"seq", "date", "actor", "source"}).at(4), "9|2025-01-13|ann|scenario");
  EXPECT_EQ(RowTexts(report, {"text"}).at(0), "Invoice I1 of 1000.00 CNY issued, due 2025-02-05 (memo: second try)");
  EXPECT_EQ(RowTexts(report, {"text"}).at(2), "Promise R1 to pay 10.00 CNY by 2025-01-20 on invoices I1, I2");
  EXPECT_THAT(RowTexts(report, {"text"}).at(5),
              testing::MatchesRegex(
                  "Write-off W1 approved as requested in [0-9a-f]{12}…, 100.00 CNY in force from 2025-01-14"));
}

TEST_F(Trail, TellsWhatItSearched) {
  ReportRequest request = scenario_.Request();
  request.subject = "X";
  const Error error = FailReport("trail", request);
  EXPECT_EQ(error.code, ErrorCode::kNotFound);
  EXPECT_THAT(error.hint, HasSubstr("searched: customer, invoice, credit_note"));
  request.subject = "invoice:P1";
  EXPECT_EQ(FailReport("trail", request).code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace duebook
