// What post-dated paper covers, as the list of open items shows it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class CoveredParts : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=C name=Chen",
        "2025-01-01 InvoiceIssued customer=C invoice=I1 amount=900 due=2025-01-31",
        "2025-01-01 InvoiceIssued customer=C invoice=I2 amount=300 instalments='2025-02-10 100;2025-01-20 200'",
    });
  }
  std::vector<std::string> Rows(std::string_view effective) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(effective);
    return RowTexts(RunReport("open-items", request), {"invoice", "due", "open", "covered"});
  }
  Scenario scenario_;
};

TEST_F(CoveredParts, AreThoseThatAreDueFirst) {
  scenario_.Given(
      {"2025-01-20 PromiseMade customer=C promise=P1 amount=1150 due=2025-03-05 invoices='I1;I2' "
       "instrument='cheque 123'"});
  EXPECT_THAT(Rows("2025-03-05"),
              ElementsAre("I2|2025-01-20|200.00|200.00", "I1|2025-01-31|900.00|900.00", "I2|2025-02-10|100.00|50.00"));
  EXPECT_THAT(Rows("2025-03-06"),
              ElementsAre("I2|2025-01-20|200.00|0.00", "I1|2025-01-31|900.00|0.00", "I2|2025-02-10|100.00|0.00"));
}

TEST_F(CoveredParts, AreOfOneDayCoveredInTheOrderOfTheirNumbers) {
  scenario_.Given({"2025-01-02 InvoiceIssued customer=C invoice=I0 amount=500 due=2025-01-31",
                   "2025-01-20 PromiseMade customer=C promise=P1 amount=600 due=2025-03-05 invoices='I1;I0' "
                   "instrument='cheque 123'"});
  EXPECT_THAT(Rows("2025-03-05"), ElementsAre("I2|2025-01-20|200.00|0.00", "I1|2025-01-31|900.00|100.00",
                                              "I0|2025-01-31|500.00|500.00", "I2|2025-02-10|100.00|0.00"));
}

TEST_F(CoveredParts, AreCoveredByPaperAloneThatNamesTheirInvoice) {
  scenario_.Given({
      "2025-01-20 PromiseMade customer=C promise=P1 amount=100 due=2025-03-05 invoices=I1",
      "2025-01-20 PromiseMade customer=C promise=P2 amount=100 due=2025-03-05 instrument='cheque 123'",
      "2025-01-20 PromiseMade customer=C promise=P3 amount=250 due=2025-03-05 invoices=I2 instrument='cheque 124' "
      "plan=A",
      "2025-01-20 PromiseMade customer=C promise=P4 amount=250 due=2025-03-04 invoices=I2 instrument='cheque 125' "
      "plan=A",
  });
  EXPECT_THAT(Rows("2025-02-28"),
              ElementsAre("I2|2025-01-20|200.00|200.00", "I1|2025-01-31|900.00|0.00", "I2|2025-02-10|100.00|100.00"));
}

TEST_F(CoveredParts, WhatWasReceivedOnThePaperIsNoLongerToCome) {
  scenario_.Given({
      "2025-01-20 PromiseMade customer=C promise=P1 amount=500 due=2025-03-05 invoices=I1 instrument='cheque 123'",
      "2025-02-01 PaymentReceived customer=C payment=M1 amount=400",
      "2025-02-01 PaymentApplied payment=M1 invoice=I1 amount=400",
  });
  EXPECT_THAT(Rows("2025-02-28"),
              ElementsAre("I2|2025-01-20|200.00|0.00", "I1|2025-01-31|500.00|100.00", "I2|2025-02-10|100.00|0.00"));
}

}  // namespace
}  // namespace duebook
