#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

const std::vector<std::string> kAccount{
    "2025-01-01 CustomerOpened customer=C name=Chen salesperson=sue",
    "2025-01-05 InvoiceIssued customer=C invoice=I1 amount=1000 due=2025-01-31",
    "2025-01-05 InvoiceIssued customer=C invoice=I2 amount=500 due=2025-01-31",
};

struct Case {
  std::string name;
  std::vector<std::string> given;
  std::string effective;
  int grace;
  std::vector<std::string> expected;  // promise|received|state
};

std::vector<Case> Cases() {
  const std::string promised = "2025-01-10 PromiseMade customer=C promise=W1 amount=100 due=2025-01-20 invoices=I1";
  const std::string promised_any = "2025-01-10 PromiseMade customer=C promise=G1 amount=100 due=2025-01-20";
  const auto pay = [](const std::string& date, const std::string& payment, const std::string& amount) {
    return date + " PaymentReceived customer=C payment=" + payment + " amount=" + amount;
  };
  const auto apply = [](const std::string& date, const std::string& payment, const std::string& invoice,
                        const std::string& amount) {
    return date + " PaymentApplied id=A-" + payment + "-" + invoice + " payment=" + payment + " invoice=" + invoice +
           " amount=" + amount;
  };
  const std::string p = "2025-01-02";
  return {
      {"on its day it is pending", {promised}, "2025-01-20", 0, {"W1|0.00|pending"}},
      {"the day after it is broken", {promised}, "2025-01-21", 0, {"W1|0.00|broken"}},
      {"with a day of grace it is not", {promised}, "2025-01-21", 1, {"W1|0.00|pending"}},
      {"after the grace it is", {promised}, "2025-01-22", 1, {"W1|0.00|broken"}},
      {"cash of the day counts",
       {promised, pay("2025-01-20", "P1", "100"), apply("2025-01-20", "P1", "I1", "100")},
       "2025-01-31",
       0,
       {"W1|100.00|kept"}},
      {"cash of the next day doesn't",
       {promised, pay("2025-01-21", "P1", "100"), apply("2025-01-21", "P1", "I1", "100")},
       "2025-01-31",
       0,
       {"W1|0.00|broken"}},
      {"unless there is a day of grace",
       {promised, pay("2025-01-21", "P1", "100"), apply("2025-01-21", "P1", "I1", "100")},
       "2025-01-31",
       1,
       {"W1|100.00|kept"}},
      {"cash of the day it was made counts",
       {pay("2025-01-10", "P1", "100"), apply("2025-01-10", "P1", "I1", "100"), promised},
       "2025-01-31",
       0,
       {"W1|100.00|kept"}},
      {"cash of the day before doesn't",
       {pay("2025-01-09", "P1", "100"), apply("2025-01-09", "P1", "I1", "100"), promised},
       "2025-01-31",
       0,
       {"W1|0.00|broken"}},
      {"what counts is when cash was applied, not when it came",
       {pay("2025-01-09", "P1", "100"), promised, apply("2025-01-11", "P1", "I1", "100")},
       "2025-01-31",
       0,
       {"W1|100.00|kept"}},
      {"kept as soon as the amount is reached",
       {promised, pay("2025-01-11", "P1", "300"), apply("2025-01-11", "P1", "I1", "300")},
       "2025-01-11",
       0,
       {"W1|100.00|kept"}},
      {"a cent less is pending before the day",
       {promised, pay("2025-01-11", "P1", "99.99"), apply("2025-01-11", "P1", "I1", "99.99")},
       "2025-01-20",
       0,
       {"W1|99.99|pending"}},
      {"and partly kept after it",
       {promised, pay("2025-01-11", "P1", "99.99"), apply("2025-01-11", "P1", "I1", "99.99")},
       "2025-01-21",
       0,
       {"W1|99.99|partly kept"}},
      {"cash on another invoice doesn't count",
       {promised, pay("2025-01-11", "P1", "100"), apply("2025-01-11", "P1", "I2", "100")},
       "2025-01-31",
       0,
       {"W1|0.00|broken"}},
      {"credit notes never count",
       {promised, "2025-01-11 CreditNoteIssued customer=C credit_note=N1 amount=100",
        "2025-01-11 PaymentApplied credit_note=N1 invoice=I1 amount=100",
        "2025-01-11 CreditNoteIssued customer=C credit_note=N2 amount=100 invoice=I1"},
       "2025-01-31",
       0,
       {"W1|0.00|broken"}},
      {"naming no invoice, it is kept by cash not applied",
       {promised_any, pay("2025-01-11", "P1", "100")},
       "2025-01-31",
       0,
       {"G1|100.00|kept"}},
      {"of the promise's currency only",
       {promised_any, "2025-01-11 PaymentReceived customer=C payment=P1 amount=100 currency=USD"},
       "2025-01-31",
       0,
       {"G1|0.00|broken"}},
      {"withdrawn before its day",
       {promised, "2025-01-20 PromiseWithdrawn promise=W1 reason=dispute"},
       "2025-01-31",
       0,
       {"W1|0.00|withdrawn"}},
      {"withdrawn after its day it stays broken",
       {promised, "2025-01-21 PromiseWithdrawn promise=W1 reason=dispute"},
       "2025-01-31",
       0,
       {"W1|0.00|broken"}},
      {"withdrawn after it was kept it stays kept",
       {promised, pay("2025-01-11", "P1", "100"), apply("2025-01-11", "P1", "I1", "100"),
        "2025-01-12 PromiseWithdrawn promise=W1 reason=dispute"},
       "2025-01-31",
       0,
       {"W1|100.00|kept"}},
      {"superseded by a newer one on its day",
       {promised, "2025-01-20 PromiseMade customer=C promise=W2 amount=100 due=2025-01-25 invoices=I1;I2",
        pay("2025-01-22", "P1", "100"), apply("2025-01-22", "P1", "I2", "100")},
       "2025-01-31",
       0,
       {"W1|0.00|superseded", "W2|100.00|kept"}},
      {"a newer one the day after finds it broken",
       {promised, "2025-01-21 PromiseMade customer=C promise=W2 amount=100 due=2025-01-25 invoices=I1"},
       "2025-01-25",
       0,
       {"W1|0.00|broken", "W2|0.00|pending"}},
      {"its own day of grace makes it pending", {promised + " grace=1"}, "2025-01-21", 0, {"W1|0.00|pending"}},
      {"and then it is broken, be the report's grace longer",
       {promised + " grace=1"},
       "2025-01-22",
       5,
       {"W1|0.00|broken"}},
      {"and so it is if it says that there is none", {promised + " grace=0"}, "2025-01-21", 5, {"W1|0.00|broken"}},
      {"a newer one within its own grace supersedes it",
       {promised + " grace=5", "2025-01-25 PromiseMade customer=C promise=W2 amount=50 due=2025-01-31 invoices=I1"},
       "2025-01-25",
       0,
       {"W1|0.00|superseded", "W2|0.00|pending"}},
      {"one of the same plan leaves it",
       {promised + " plan=A",
        "2025-01-15 PromiseMade customer=C promise=W2 amount=50 due=2025-01-31 invoices=I1 plan=A"},
       "2025-01-20",
       0,
       {"W1|0.00|pending", "W2|0.00|pending"}},
      {"one of another plan supersedes it",
       {promised + " plan=A",
        "2025-01-15 PromiseMade customer=C promise=W2 amount=50 due=2025-01-31 invoices=I1 plan=B"},
       "2025-01-20",
       0,
       {"W1|0.00|superseded", "W2|0.00|pending"}},
      {"one of no plan supersedes all of the plan",
       {promised + " plan=A",
        "2025-01-15 PromiseMade customer=C promise=W2 amount=50 due=2025-01-31 invoices=I1 plan=A",
        "2025-01-16 PromiseMade customer=C promise=W3 amount=50 due=2025-01-31 invoices=I1"},
       "2025-01-20",
       0,
       {"W1|0.00|superseded", "W2|0.00|superseded", "W3|0.00|pending"}},
      {"a plan that names no invoice stands beside itself",
       {promised_any + " plan=A", "2025-01-15 PromiseMade customer=C promise=G2 amount=50 due=2025-01-31 plan=A",
        pay("2025-01-16", "P1", "120")},
       "2025-01-21",
       0,
       {"G1|100.00|kept", "G2|20.00|pending"}},
      {"a newer one about another invoice leaves it",
       {promised, "2025-01-15 PromiseMade customer=C promise=W2 amount=100 due=2025-01-25 invoices=I2"},
       "2025-01-20",
       0,
       {"W1|0.00|pending", "W2|0.00|pending"}},
      {"two of one day on one invoice are a plan",
       {promised, "2025-01-10 PromiseMade customer=C promise=W2 amount=100 due=2025-01-25 invoices=I1"},
       "2025-01-20",
       0,
       {"W1|0.00|pending", "W2|0.00|pending"}},
      {"what is kept is not superseded",
       {promised, pay("2025-01-11", "P1", "100"), apply("2025-01-11", "P1", "I1", "100"),
        "2025-01-15 PromiseMade customer=C promise=W2 amount=100 due=2025-01-25 invoices=I1"},
       "2025-01-31",
       0,
       {"W1|100.00|kept", "W2|0.00|broken"}},
      {"naming none supersedes naming none",
       {promised_any, "2025-01-15 PromiseMade customer=C promise=G2 amount=50 due=2025-01-25"},
       "2025-01-20",
       0,
       {"G1|0.00|superseded", "G2|0.00|pending"}},
      {"cash counts once, for the earlier promised date",
       {promised, "2025-01-10 PromiseMade customer=C promise=G1 amount=150 due=2025-01-19",
        pay("2025-01-12", "P1", "200"), apply("2025-01-12", "P1", "I1", "200")},
       "2025-01-31",
       0,
       {"G1|150.00|kept", "W1|50.00|partly kept"}},
      {"a promise given up leaves its cash to the others",
       {promised, "2025-01-10 PromiseMade customer=C promise=G1 amount=60 due=2025-01-25",
        pay("2025-01-12", "P1", "60"), apply("2025-01-12", "P1", "I1", "60"),
        "2025-01-15 PromiseWithdrawn promise=W1 reason=dispute"},
       "2025-01-31",
       0,
       {"W1|0.00|withdrawn", "G1|60.00|kept"}},
      {"an application reversed takes its cash away",
       {promised, pay("2025-01-11", "P1", "100"), apply("2025-01-11", "P1", "I1", "100"),
        "2025-01-25 ApplicationReversed application=A-P1-I1 reason=error"},
       "2025-01-31",
       0,
       {"W1|0.00|broken"}},
      {"a bounce takes its cash away",
       {promised_any, pay(p, "P0", "1"), pay("2025-01-11", "P1", "100"),
        "2025-01-25 PaymentReversed payment=P1 reason=bounced"},
       "2025-01-31",
       0,
       {"G1|0.00|broken"}},
      {"but not before its day",
       {promised_any, pay("2025-01-11", "P1", "100"), "2025-01-25 PaymentReversed payment=P1 reason=bounced"},
       "2025-01-24",
       0,
       {"G1|100.00|kept"}},
  };
}

TEST(Promises, VerdictFollowsFromTheCut) {
  for (const Case& c : Cases()) {
    SCOPED_TRACE(c.name);
    Scenario scenario;
    scenario.Given(kAccount);
    scenario.Given(c.given);
    ReportRequest request = scenario.Request();
    request.cut.effective = Day(c.effective);
    request.grace_days = c.grace;
    EXPECT_THAT(RowTexts(RunReport("promises", request), {"promise", "received", "state"}),
                ElementsAreArray(c.expected));
  }
}

TEST(Promises, BounceLearntLaterChangesOnlyCutsThatKnowOfIt) {
  Scenario scenario;
  scenario.Given(kAccount);
  scenario.Given({"2025-01-10 PromiseMade customer=C promise=W1 amount=100 due=2025-01-20 invoices=I1",
                  "2025-01-11 PaymentReceived customer=C payment=P1 amount=100",
                  "2025-01-11 PaymentApplied payment=P1 invoice=I1 amount=100"});
  ReportRequest request = scenario.Request();
  request.cut = {Day("2025-01-31"), scenario.log().last_seq()};
  scenario.Given({"2025-01-12 PaymentReversed payment=P1 reason=bounced"});
  EXPECT_THAT(RowTexts(RunReport("promises", request), {"state"}), ElementsAre("kept"));
  request.cut.known = UINT64_MAX;
  EXPECT_THAT(RowTexts(RunReport("promises", request), {"state"}), ElementsAre("broken"));
}

TEST(Promises, RowsTotalsAndSubtotals) {
  Scenario scenario;
  scenario.Given(kAccount);
  scenario.Given({"2025-01-01 CustomerOpened customer=D name=Dao salesperson=sue",
                  "2025-01-10 PromiseMade customer=D promise=W3 amount=30 due=2025-01-20 currency=USD",
                  "2025-01-10 PromiseMade customer=D promise=W2 amount=40 due=2025-01-20",
                  "2025-01-10 PromiseMade customer=C promise=W1 amount=100 due=2025-01-20 invoices=I1;I2",
                  "2025-01-20 PaymentReceived customer=D payment=P1 amount=40"});
  ReportRequest request = scenario.Request();
  request.cut.effective = Day("2025-01-20");
  const Report report = RunReport("promises", request);
  const std::vector<std::string> columns{"promise", "customer", "currency", "date",
                                         "due",     "amount",   "received", "state"};
  EXPECT_THAT(RowTexts(report, columns), ElementsAre("W1|C|CNY|2025-01-10|2025-01-20|100.00|0.00|pending",
                                                     "W3|D|USD|2025-01-10|2025-01-20|30.00|0.00|pending",
                                                     "W2|D|CNY|2025-01-10|2025-01-20|40.00|40.00|kept"));
  EXPECT_THAT(TotalTexts(report, {"promise", "currency", "amount", "received"}),
              ElementsAre("|CNY|140.00|40.00", "|USD|30.00|0.00"));
  EXPECT_THAT(FigureTexts(report), ElementsAre("CNY kept=40.00", "CNY pending=100.00", "USD pending=30.00"));

  request.by = "salesperson";
  EXPECT_THAT(RowTexts(RunReport("promises", request), {"salesperson", "currency", "state", "documents", "amount"}),
              ElementsAre("sue|CNY|kept|1|40.00", "sue|CNY|pending|1|100.00", "sue|USD|pending|1|30.00"));
  request.by = "currency";
  EXPECT_THAT(TotalTexts(RunReport("promises", request), {"currency", "amount"}),
              ElementsAre("CNY|140.00", "USD|30.00"));
  request.by = "weather";
  EXPECT_EQ(FailReport("promises", request).code, ErrorCode::kInvalidArgument);
  request.by = "";
  request.customers = {"C"};
  EXPECT_THAT(RowTexts(RunReport("promises", request), {"promise"}), ElementsAre("W1"));
  request.customers = {"X"};
  EXPECT_EQ(FailReport("promises", request).code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace duebook
