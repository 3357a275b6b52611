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
