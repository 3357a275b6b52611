#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

// con is controller, cfo is chief financial officer, sue (the salesperson) and bo (who records payments) are
// controllers as well, eve holds nothing, two holds both roles.
const std::vector<std::string> kCompany{
    "2025-01-01 CustomerOpened customer=C name=Chen salesperson=sue",
    "2025-01-01 CustomerOpened customer=D name=Dao",
    "2025-01-01 InvoiceIssued customer=C invoice=I1 amount=90000 due=2025-01-31",
    "2025-01-01 InvoiceIssued customer=D invoice=I2 amount=90000 due=2025-01-31",
    "2025-01-01 RoleGranted user=con role=controller",
    "2025-01-01 RoleGranted user=sue role=controller",
    "2025-01-01 RoleGranted user=bo role=controller",
    "2025-01-01 RoleGranted user=cfo role=cfo",
    "2025-01-01 RoleGranted user=two role=controller",
    "2025-01-01 RoleGranted user=two role=cfo",
    "2025-01-01 WriteOffPolicySet bands='1000.00 1 controller;50000.00 2 controller+cfo;- 2 cfo'",
};

std::string Request(const std::string& number, const std::string& amount, const std::string& date = "2025-03-01",
                    const std::string& actor = "ann", const std::string& invoice = "I1") {
  return date + " WriteOffRequested write_off=" + number + " invoice=" + invoice + " amount=" + amount +
         " reason=bankrupt actor=" + actor;
}

std::string Approve(const std::string& number, const std::string& actor, const std::string& date = "2025-03-02") {
  return date + " WriteOffApproved write_off=" + number + " actor=" + actor;
}

struct Case {
  std::string name;
  std::vector<std::string> given;
  std::vector<std::string> expected;  // write_off|violations
};

std::vector<Case> Cases() {
  return {
      {"by the rules", {Request("W1", "500"), Approve("W1", "con")}, {"W1|"}},
      {"self-approval", {Request("W1", "500", "2025-03-01", "con"), Approve("W1", "con")}, {"W1|self_approval"}},
      {"without a role", {Request("W1", "500"), Approve("W1", "eve")}, {"W1|missing_role"}},
      {"role revoked the day before",
       {"2025-03-01 RoleRevoked user=con role=controller", Request("W1", "500"), Approve("W1", "con")},
       {"W1|missing_role"}},
      {"role revoked the day after",
       {"2025-03-03 RoleRevoked user=con role=controller", Request("W1", "500"), Approve("W1", "con")},
       {"W1|"}},
      {"role granted only afterwards in the log",
       {Request("W1", "500"), Approve("W1", "eve"), "2025-01-01 RoleGranted user=eve role=controller"},
       {"W1|missing_role"}},
      {"one of two people missing",
       {"2025-02-01 WriteOffPolicySet bands='- 2 controller'", Request("W1", "500"), Approve("W1", "con")},
       {"W1|missing_approval"}},
      {"the policy of the time of the request governs",
       {Request("W1", "500"), "2025-03-01 WriteOffPolicySet bands='- 2 controller'", Approve("W1", "con")},
       {"W1|"}},
      {"exactly at the threshold", {Request("W1", "1000"), Approve("W1", "con")}, {"W1|"}},
      {"a cent over the threshold",
       {Request("W1", "1000.01"), Approve("W1", "con")},
       {"W1|missing_role;missing_approval;over_threshold"}},
      {"over the threshold with all who are asked",
       {Request("W1", "1000.01"), Approve("W1", "con"), Approve("W1", "cfo")},
       {"W1|"}},
      {"all roles in one person are one person",
       {Request("W1", "1000.01"), Approve("W1", "two")},
       {"W1|missing_approval;over_threshold"}},
      {"split to stay below the threshold",
       {Request("W1", "600"), Approve("W1", "con"), Request("W2", "600"), Approve("W2", "con")},
       {"W1|", "W2|missing_role;missing_approval;splitting"}},
      {"pieces that add up to the threshold exactly",
       {Request("W1", "600"), Approve("W1", "con"), Request("W2", "400"), Approve("W2", "con")},
       {"W1|", "W2|"}},
      {"pieces a day less than twelve months apart",
       {Request("W1", "600", "2025-03-01"), Approve("W1", "con"), Request("W2", "600", "2026-02-28"),
        Approve("W2", "con", "2026-02-28")},
       {"W1|", "W2|missing_role;missing_approval;splitting"}},
      {"pieces twelve months apart to the day",
       {Request("W1", "600", "2025-03-01"), Approve("W1", "con"), Request("W2", "600", "2026-03-01"),
        Approve("W2", "con", "2026-03-01")},
       {"W1|", "W2|"}},
      {"pieces of different customers",
       {Request("W1", "600"), Approve("W1", "con"), Request("W2", "600", "2025-03-01", "ann", "I2"),
        Approve("W2", "con")},
       {"W1|", "W2|"}},
      {"a rejected piece doesn't count",
       {Request("W1", "600"), "2025-03-02 WriteOffRejected write_off=W1 reason=no", Request("W2", "600"),
        Approve("W2", "con")},
       {"W1|", "W2|"}},
      {"pieces approved as the sum asks",
       {Request("W1", "600"), Approve("W1", "con"), Request("W2", "600"), Approve("W2", "con"), Approve("W2", "cfo")},
       {"W1|", "W2|"}},
      {"approved before it was requested",
       {Request("W1", "500"), Approve("W1", "con", "2025-02-28")},
       {"W1|approval_before_request"}},
      {"by the customer's salesperson", {Request("W1", "500"), Approve("W1", "sue")}, {"W1|salesperson_approves"}},
      {"by who recorded the customer's payments",
       {"2025-02-01 PaymentReceived customer=C payment=P1 amount=1 actor=bo", Request("W1", "500"),
        Approve("W1", "bo")},
       {"W1|receiver_approves"}},
      {"by who recorded another customer's payments",
       {"2025-02-01 PaymentReceived customer=D payment=P1 amount=1 actor=bo", Request("W1", "500"),
        Approve("W1", "bo")},
       {"W1|"}},
      {"twice by one person",
       {Request("W1", "500"), Approve("W1", "con"), Approve("W1", "con", "2025-03-03")},
       {"W1|"}},
      {"several at once",
       {"2025-02-01 PaymentReceived customer=C payment=P1 amount=1 actor=sue",
        Request("W1", "60000", "2025-03-01", "sue"), Approve("W1", "sue", "2025-02-28")},
       {"W1|self_approval;missing_role;missing_approval;over_threshold;approval_before_request;"
        "salesperson_approves;receiver_approves"}},
  };
}

TEST(WriteOffs, EveryBreakOfImportedHistoryIsListed) {
  for (const Case& c : Cases()) {
    SCOPED_TRACE(c.name);
    Scenario scenario;
    scenario.Given(kCompany);
    scenario.GivenImported(c.given);
    EXPECT_THAT(RowTexts(RunReport("write-offs", scenario.Request()), {"write_off", "violations"}),
                ElementsAreArray(c.expected));
  }
}

TEST(WriteOffs, WithoutPolicyOneApprovalByAnotherSuffices) {
  Scenario scenario;
  scenario.Given({kCompany[0], kCompany[2]});
  scenario.GivenImported({Request("W1", "90000"), Approve("W1", "eve")});
  EXPECT_THAT(RowTexts(RunReport("write-offs", scenario.Request()), {"state", "violations"}), ElementsAre("in force|"));
}

TEST(WriteOffs, WhatTheLedgerAdmittedBreaksNothing) {
  Scenario scenario;
  scenario.Given(kCompany);
  scenario.Given({Request("W1", "600"), Approve("W1", "con"), Request("W2", "600"), Approve("W2", "con")});
  for (const char* actor : {"ann", "con", "sue", "eve"}) {
    EXPECT_NE(scenario.Refused(Approve("W2", actor, "2025-03-03") + " id=again"), "") << actor;
  }
  EXPECT_THAT(RowTexts(RunReport("write-offs", scenario.Request()), {"write_off", "approvals", "state", "violations"}),
              ElementsAre("W1|con 2025-03-02|in force|", "W2|con 2025-03-02|requested|"));
  scenario.Given({Approve("W2", "cfo", "2025-03-03")});
  EXPECT_THAT(RowTexts(RunReport("write-offs", scenario.Request()), {"write_off", "approvals", "state", "violations"}),
              ElementsAre("W1|con 2025-03-02|in force|", "W2|con 2025-03-02;cfo 2025-03-03|in force|"));
}

// W1 is approved as the sum of both asks; a cut that does not see W2 yet must not ask for the controller of a lower
// band.
TEST(WriteOffs, WhatTheLedgerAdmittedBreaksNothingAtAnEarlierCut) {
  Scenario scenario;
  scenario.Given(kCompany);
  scenario.Given({"2025-01-01 RoleGranted user=cfo2 role=cfo", Request("W1", "30000"),
                  Request("W2", "30000", "2025-04-01"), Approve("W1", "cfo"), Approve("W1", "cfo2")});
  ReportRequest request = scenario.Request();
  request.cut.effective = Day("2025-03-31");
  EXPECT_THAT(RowTexts(RunReport("write-offs", request), {"write_off", "approvals", "state", "violations"}),
              ElementsAre("W1|cfo 2025-03-02;cfo2 2025-03-02|requested|"));
}

TEST(WriteOffs, StateFollowsFromTheCut) {
  Scenario scenario;
  scenario.Given(kCompany);
  scenario.Given({Request("W1", "500"), Approve("W1", "con"), "2025-03-05 WriteOffReversed write_off=W1 reason=paid",
                  Request("W2", "50", "2025-03-06"), "2025-03-07 WriteOffRejected write_off=W2 reason=no"});
  ReportRequest request = scenario.Request();
  struct {
    const char* effective;
    std::vector<std::string> expected;
  } cases[] = {
      {"2025-02-28", {}},
      {"2025-03-01", {"W1|requested"}},
      {"2025-03-02", {"W1|in force"}},
      {"2025-03-05", {"W1|reversed"}},
      {"2025-03-06", {"W1|reversed", "W2|requested"}},
      {"2025-03-07", {"W1|reversed", "W2|rejected"}},
  };
  for (const auto& c : cases) {
    request.cut.effective = Day(c.effective);
    EXPECT_THAT(RowTexts(RunReport("write-offs", request), {"write_off", "state"}), ElementsAreArray(c.expected))
        << c.effective;
  }
}

TEST(WriteOffs, RowsTotalsFiguresAndSubtotals) {
  Scenario scenario;
  scenario.Given(kCompany);
  scenario.Given(
      {Request("W1", "500"), Approve("W1", "con"), "2025-03-09 RecoveryReceived recovery=R1 write_off=W1 amount=20"});
  scenario.GivenImported({Request("W2", "40", "2025-04-01", "ann", "I2"), Approve("W2", "eve", "2025-04-01"),
                          Request("W3", "3", "2025-04-01", "ann", "I2")});
  const Report report = RunReport("write-offs", scenario.Request());
  EXPECT_THAT(RowTexts(report, {"write_off", "customer", "invoice", "currency", "amount", "requested_by", "requested",
                                "approvals", "state", "violations"}),
              ElementsAre("W1|C|I1|CNY|500.00|ann|2025-03-01|con 2025-03-02|in force|",
                          "W2|D|I2|CNY|40.00|ann|2025-04-01|eve 2025-04-01|in force|missing_role",
                          "W3|D|I2|CNY|3.00|ann|2025-04-01||requested|"));
  EXPECT_THAT(TotalTexts(report, {"write_off", "currency", "amount"}), ElementsAre("|CNY|543.00"));
  EXPECT_THAT(FigureTexts(report),
              ElementsAre("CNY in force=540.00", "CNY requested=3.00", "CNY recovered=20.00", "with violations=1"));
  ReportRequest request = scenario.Request();
  request.by = "salesperson";
  EXPECT_THAT(RowTexts(RunReport("write-offs", request), {"salesperson", "state", "documents", "amount"}),
              ElementsAre("|in force|1|40.00", "|requested|1|3.00", "sue|in force|1|500.00"));
  request.by = "";
  request.customers = {"D"};
  EXPECT_THAT(RowTexts(RunReport("write-offs", request), {"write_off", "violations"}),
              ElementsAre("W2|missing_role", "W3|"));
}

}  // namespace
}  // namespace duebook
