// Entries of the work list about credit and bills.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ListAt(const Scenario& scenario, std::string_view day, const std::string& kind) {
  ReportRequest request = scenario.Request();
  request.cut.effective = Date::Parse(day).value();
  request.selection.where = {"kind = " + kind};
  return RowTexts(RunReport("worklist", request),
                  {"customer", "currency", "document", "amount", "since", "days", "risk"});
}

// C was approved by ann, may owe 1,000.00 and owes 300.00 since 31 January; up to 100.00 may be overdue, for 10 days.
Scenario& Given(Scenario& scenario) {
  scenario.Given({"2025-01-01 CustomerOpened customer=C name=Chen",
                  "2025-01-01 CustomerOpened customer=D name=Dong limit=500",
                  "2025-01-02 CustomerApproved customer=C actor=ann limit=1000",
                  "2025-01-02 CreditPolicySet overdue_days=10 overdue_amount=100",
                  "2025-01-02 InvoiceIssued customer=C invoice=I1 amount=300 due=2025-01-31"});
  return scenario;
}

TEST(CreditWork, ApprovesWhoIsNotYet) {
  Scenario scenario;
  EXPECT_THAT(ListAt(Given(scenario), "2025-01-04", "approve"), ElementsAre("D|CNY||500.00|2025-01-01|3|0.00"));
}

TEST(CreditWork, AsksNothingWithoutAPolicy) {
  Scenario scenario;
  Given(scenario);
  EXPECT_THAT(ListAt(scenario, "2025-01-01", "approve"), IsEmpty());
}

TEST(CreditWork, StopsWhoIsTooLateUntilHeldOrSomebodySaysNo) {
  Scenario scenario;
  Given(scenario);
  EXPECT_THAT(ListAt(scenario, "2025-02-10", "hold"), IsEmpty());
  // 11 days late is later than 10: since that day. 300.00 x 30 / 1000.
  EXPECT_THAT(ListAt(scenario, "2025-02-12", "hold"), ElementsAre("C|CNY||300.00|2025-02-11|1|9.00"));
  scenario.Given({"2025-02-12 ContactLogged customer=C outcome=no_hold text='the director knows'"});
  EXPECT_THAT(ListAt(scenario, "2025-03-13", "hold"), IsEmpty());
  EXPECT_THAT(ListAt(scenario, "2025-03-14", "hold"), ElementsAre("C|CNY||300.00|2025-02-11|31|24.00"));
  scenario.Given({"2025-03-14 CreditHoldPlaced customer=C reason=late"});
  EXPECT_THAT(ListAt(scenario, "2025-03-14", "hold"), IsEmpty());
  EXPECT_THAT(ListAt(scenario, "2025-03-14", "release"), IsEmpty());
}

// What is disputed is not late, however old it is; it is as old as the risk, which is of all that is owed.
TEST(CreditWork, StopsSinceTheDayOnWhichTheOldestOfWhatIsLateWasSo) {
  Scenario scenario;
  Given(scenario);
  scenario.Given({"2025-01-02 InvoiceIssued customer=C invoice=I0 amount=50 due=2025-01-05",
                  "2025-01-03 DisputeOpened customer=C dispute=D0 invoice=I0 amount=50"});
  EXPECT_THAT(ListAt(scenario, "2025-02-12", "hold"), ElementsAre("C|CNY||300.00|2025-02-11|1|24.00"));
}

TEST(CreditWork, StopsWhoOwesTooMuch) {
  Scenario scenario;
  Given(scenario);
  scenario.Given({"2025-01-03 InvoiceIssued customer=C invoice=I2 amount=750 due=2025-06-30"});
  // 1,050.00 are 50.00 too many; nothing is due.
  EXPECT_THAT(ListAt(scenario, "2025-01-10", "hold"), ElementsAre("C|CNY||50.00|2025-01-10|0|0.50"));
  // Nor is what fell due five days ago what stops it.
  EXPECT_THAT(ListAt(scenario, "2025-02-05", "hold"), ElementsAre("C|CNY||50.00|2025-02-05|0|1.50"));
}

TEST(CreditWork, ReleasesWhoIsHeldForNothing) {
  Scenario scenario;
  Given(scenario);
  scenario.Given({"2025-01-05 CreditHoldPlaced customer=C reason='as a caution'"});
  EXPECT_THAT(ListAt(scenario, "2025-01-08", "release"), ElementsAre("C|CNY||300.00|2025-01-05|3|0.00"));
  EXPECT_THAT(ListAt(scenario, "2025-02-11", "release"), IsEmpty());  // too late by then
}

TEST(BillWork, IsThereFiveDaysBeforeTheBillIsDueUntilItIsHonoured) {
  Scenario scenario;
  scenario.Given({"2025-01-01 CustomerOpened customer=C name=Chen",
                  "2025-01-10 PaymentReceived customer=C payment=P1 amount=1000 method=bank_acceptance bill=B7 "
                  "bill_due=2025-03-31"});
  EXPECT_THAT(ListAt(scenario, "2025-03-25", "bill"), IsEmpty());
  EXPECT_THAT(ListAt(scenario, "2025-03-26", "bill"), ElementsAre("C|CNY|P1|1000.00|2025-03-26|0|10.00"));
  EXPECT_THAT(ListAt(scenario, "2025-04-02", "bill"), ElementsAre("C|CNY|P1|1000.00|2025-03-26|7|10.00"));
  scenario.Given({"2025-04-02 BillHonoured payment=P1"});
  EXPECT_THAT(ListAt(scenario, "2025-04-02", "bill"), IsEmpty());
}

}  // namespace
}  // namespace duebook
