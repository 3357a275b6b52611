#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class Disputes : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({"2025-01-01 CustomerOpened customer=C name=Chen salesperson=sue",
                     "2025-01-05 InvoiceIssued customer=C invoice=I1 amount=100 salesperson=max",
                     "2025-01-05 InvoiceIssued customer=C invoice=I2 amount=50",
                     "2025-01-10 DisputeOpened dispute=D1 invoice=I1 amount=60 reason=damaged actor=ann",
                     "2025-01-11 DisputeOpened dispute=D2 invoice=I1 amount=60 reason=late",
                     "2025-01-12 DisputeOpened dispute=D3 invoice=I2 amount=80",
                     "2025-01-20 DisputeResolved dispute=D1 outcome='credit agreed'"});
  }
  Report At(std::string_view day) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(day);
    return RunReport("disputes", request);
  }
  Scenario scenario_;
};

TEST_F(Disputes, DisputesOnOneInvoiceShareWhatIsOpen) {
  EXPECT_THAT(RowTexts(At("2025-01-12"), {"dispute", "amount", "open", "state"}),
              ElementsAre("D1|60.00|60.00|open", "D2|60.00|40.00|open", "D3|80.00|50.00|open"));
}

TEST_F(Disputes, ResolvedOnesHoldNothing) {
  EXPECT_THAT(RowTexts(At("2025-01-20"), {"dispute", "open", "state", "resolved", "outcome"}),
              ElementsAre("D1|0.00|resolved|2025-01-20|credit agreed", "D2|60.00|open||", "D3|50.00|open||"));
}

TEST_F(Disputes, FoundRightIsWhatIsSaidOrAllThatIsUpheld) {
  scenario_.Given({"2025-01-21 DisputeResolved dispute=D2 outcome=upheld",
                   "2025-01-22 DisputeResolved dispute=D3 outcome=upheld upheld=0"});
  EXPECT_THAT(RowTexts(At("2025-01-20"), {"dispute", "upheld"}), ElementsAre("D1|0.00", "D2|0.00", "D3|0.00"));
  EXPECT_THAT(RowTexts(At("2025-01-22"), {"dispute", "upheld"}), ElementsAre("D1|0.00", "D2|60.00", "D3|0.00"));
}

TEST_F(Disputes, CreditedIsWhatNotesInForceThatNameThemComeTo) {
  scenario_.Given({"2025-01-12 CreditNoteIssued id=n1 credit_note=N1 invoice=I1 amount=10 dispute=D1",
                   "2025-01-13 CreditNoteIssued id=n2 credit_note=N2 amount=20 dispute=D1",
                   "2025-01-15 EventReversed event=n1"});
  EXPECT_THAT(RowTexts(At("2025-01-14"), {"dispute", "credited"}), ElementsAre("D1|30.00", "D2|0.00", "D3|0.00"));
  EXPECT_THAT(RowTexts(At("2025-01-15"), {"dispute", "credited"}), ElementsAre("D1|20.00", "D2|0.00", "D3|0.00"));
}

TEST_F(Disputes, OwnerIsWhoWasNamedLastByDate) {
  scenario_.Given({"2025-01-14 DisputeAssigned dispute=D1 owner=bob", "2025-01-12 DisputeAssigned dispute=D1 owner=eve",
                   "2025-01-25 DisputeAssigned dispute=D1 owner=max"});
  EXPECT_THAT(RowTexts(At("2025-01-11"), {"owner"}), ElementsAre("", ""));
  EXPECT_THAT(RowTexts(At("2025-01-13"), {"owner"}), ElementsAre("eve", "", ""));
  EXPECT_THAT(RowTexts(At("2025-01-14"), {"owner"}), ElementsAre("bob", "", ""));
  EXPECT_THAT(RowTexts(At("2025-01-25"), {"owner"}), ElementsAre("max", "", ""));
}

TEST_F(Disputes, NoteOfAnotherCustomerOrCurrencySettlesNone) {
  scenario_.Given({"2025-01-01 CustomerOpened customer=D"});
  EXPECT_EQ(scenario_.Refused("2025-01-12 CreditNoteIssued customer=D credit_note=N1 amount=10 dispute=D1"),
            "other_customer");
  EXPECT_EQ(scenario_.Refused("2025-01-12 CreditNoteIssued credit_note=N1 amount=10 currency=USD dispute=D1"),
            "other_currency");
}

TEST_F(Disputes, OpenShrinksWithTheInvoice) {
  scenario_.Given({"2025-01-21 CreditNoteIssued credit_note=N1 invoice=I1 amount=90"});
  EXPECT_THAT(RowTexts(At("2025-01-21"), {"dispute", "open"}), ElementsAre("D1|0.00", "D2|10.00", "D3|50.00"));
}

TEST_F(Disputes, RowsTotalsAndSubtotals) {
  const Report report = At("2025-01-11");
  EXPECT_THAT(RowTexts(report, {"dispute", "customer", "invoice", "currency", "date", "reason", "age"}),
              ElementsAre("D1|C|I1|CNY|2025-01-10|damaged|1", "D2|C|I1|CNY|2025-01-11|late|0"));
  EXPECT_THAT(TotalTexts(report, {"dispute", "currency", "amount", "open"}), ElementsAre("|CNY|120.00|100.00"));
  ReportRequest request = scenario_.Request();
  request.by = "salesperson";
  EXPECT_THAT(RowTexts(RunReport("disputes", request), {"salesperson", "state", "documents", "open"}),
              ElementsAre("max|open|1|60.00", "max|resolved|1|0.00", "sue|open|1|50.00"));
}

}  // namespace
}  // namespace duebook
