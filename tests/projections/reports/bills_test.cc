#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class BillsReport : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=C name=承兑",
        "2025-01-20 PaymentReceived customer=C payment=B1 amount=800 method=bank_acceptance bill=1104 "
        "bill_due=2025-07-20 acceptor=工商银行",
        "2025-01-21 PaymentReceived customer=C payment=B2 amount=50 method=commercial_acceptance bill=7 "
        "bill_due=2025-04-21 currency=EUR",
    });
  }
  std::vector<std::string> Rows(std::string_view effective, const std::vector<std::string>& columns) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(effective);
    return RowTexts(RunReport("bills", request), columns);
  }
  std::vector<std::string> Risks(std::string_view effective) {
    return Rows(effective, {"payment", "state", "changed", "at_risk"});
  }
  Scenario scenario_;
};

TEST_F(BillsReport, SaysWhatBecameOfEachInOrderOfTheirDueDates) {
  scenario_.Given({
      "2025-02-01 BillDiscounted payment=B1 proceeds=790.50 bank=ICBC",
      "2025-03-01 BillEndorsed payment=B2 to=Steel",
  });
  EXPECT_THAT(Rows("2025-01-19", {"payment"}), IsEmpty());
  EXPECT_THAT(Rows("2025-04-22", {"payment", "bill", "customer", "currency", "amount", "received", "bill_due",
                                  "acceptor", "method", "state", "changed", "to", "proceeds", "days", "name"}),
              ElementsAre("B2|7|C|EUR|50.00|2025-01-21|2025-04-21||commercial_acceptance|endorsed|2025-03-01|Steel||-1|"
                          "承兑",
                          "B1|1104|C|CNY|800.00|2025-01-20|2025-07-20|工商银行|bank_acceptance|discounted|2025-02-01|"
                          "ICBC|790.50|89|承兑"));
}

TEST_F(BillsReport, ABillIsARiskWhileItIsHeldAndTenDaysBehindItsDayOnceItWasPassedOn) {
  EXPECT_THAT(Risks("2025-12-31"), ElementsAre("B2|held|2025-01-21|50.00", "B1|held|2025-01-20|800.00"));
  scenario_.Given({"2025-02-01 BillEndorsed payment=B1 to=S", "2025-04-21 BillHonoured payment=B2"});
  EXPECT_THAT(Risks("2025-04-20"), ElementsAre("B2|held|2025-01-21|50.00", "B1|endorsed|2025-02-01|800.00"));
  EXPECT_THAT(Risks("2025-07-30"), ElementsAre("B2|honoured|2025-04-21|0.00", "B1|endorsed|2025-02-01|800.00"));
  EXPECT_THAT(Risks("2025-07-31"), ElementsAre("B2|honoured|2025-04-21|0.00", "B1|endorsed|2025-02-01|0.00"));
}

TEST_F(BillsReport, TheCreditPolicySaysWhichMethodsCount) {
  scenario_.Given({"2025-03-01 CreditPolicySet bills=commercial_acceptance"});
  EXPECT_THAT(Risks("2025-02-28"), ElementsAre("B2|held|2025-01-21|50.00", "B1|held|2025-01-20|800.00"));
  EXPECT_THAT(Risks("2025-03-01"), ElementsAre("B2|held|2025-01-21|50.00", "B1|held|2025-01-20|0.00"));
}

TEST_F(BillsReport, AStepThatWasUndoneCountsUpToTheDayBefore) {
  scenario_.Given({
      "2025-02-01 BillEndorsed id=s payment=B1 to=S",
      "2025-08-15 EventReversed event=s reason=x",
      "2025-08-20 PaymentReversed payment=B1 reason=x",
      "2025-05-01 BillDishonoured payment=B2 reason=x",
  });
  EXPECT_THAT(Risks("2025-08-14"), ElementsAre("B2|dishonoured|2025-05-01|0.00", "B1|endorsed|2025-02-01|0.00"));
  EXPECT_THAT(Risks("2025-08-15"), ElementsAre("B2|dishonoured|2025-05-01|0.00", "B1|held|2025-08-15|800.00"));
  EXPECT_THAT(Risks("2025-08-20"), ElementsAre("B2|dishonoured|2025-05-01|0.00", "B1|reversed|2025-08-20|0.00"));
  EXPECT_THAT(Rows("2025-08-20", {"payment", "to"}), ElementsAre("B2|", "B1|"));
}

class ReceiptsReport : public BillsReport {};

TEST_F(ReceiptsReport, ListsWhatCameInWithTheFeeOfItsChannel) {
  scenario_.Given({
      "2025-01-10 PaymentReceived customer=C payment=P1 amount=1000 method=alipay fee=6 reference='order 7'",
      "2025-02-01 PaymentReceived customer=C payment=P2 amount=5 method='by hand'",
      "2025-02-02 PaymentReversed payment=P2 reason=x",
      "2025-02-03 PaymentReceived customer=C payment=P3 amount=7",
  });
  ReportRequest request = scenario_.Request();
  request.from = Day("2025-01-10");
  request.to = Day("2025-02-02");
  request.cut.effective = Day("2025-12-31");
  const Report report = RunReport("receipts", request);
  EXPECT_THAT(RowTexts(report, {"customer", "payment", "date", "method", "currency", "amount", "fee", "net",
                                "reference", "state"}),
              ElementsAre("C|P1|2025-01-10|alipay|CNY|1000.00|6.00|994.00|order 7|in force",
                          "C|B1|2025-01-20|bank_acceptance|CNY|800.00|0.00|800.00||held",
                          "C|B2|2025-01-21|commercial_acceptance|EUR|50.00|0.00|50.00||held",
                          "C|P2|2025-02-01|by hand|CNY|5.00|0.00|5.00||reversed"));
  EXPECT_THAT(TotalTexts(report, {"currency", "amount", "fee", "net"}),
              ElementsAre("CNY|1805.00|6.00|1799.00", "EUR|50.00|0.00|50.00"));
}

}  // namespace
}  // namespace duebook
