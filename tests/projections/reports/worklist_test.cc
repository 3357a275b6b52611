#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

const std::string kCustomer = "2025-01-01 CustomerOpened customer=C name=Chen salesperson=sue";

std::string Invoice(const std::string& number, const std::string& amount, const std::string& due) {
  return "2025-01-01 InvoiceIssued customer=C invoice=" + number + " amount=" + amount + " due=" + due;
}
std::string Pay(const std::string& date, const std::string& payment, const std::string& amount) {
  return date + " PaymentReceived customer=C payment=" + payment + " amount=" + amount;
}

// The rows of a day, of all kinds or of one.
std::vector<std::string> ListAt(const Scenario& scenario, std::string_view day, const std::vector<std::string>& columns,
                                const std::string& kind = "", int ahead = 0) {
  ReportRequest request = scenario.Request();
  request.cut.effective = Day(day);
  request.days_ahead = ahead;
  if (!kind.empty()) request.selection.where = {"kind = " + kind};
  return RowTexts(RunReport("worklist", request), columns);
}
std::vector<std::string> RemindersAt(const Scenario& scenario, std::string_view day) {
  return ListAt(scenario, day, {"level", "document", "amount", "since", "days", "risk"}, "reminder");
}

struct Case {
  std::string name;
  std::vector<std::string> given;
  std::string effective;
  std::vector<std::string> expected;  // level|document|amount|since|days|risk
};

// Of 1,000.00 due on 31 January, unless the case says otherwise.
std::vector<Case> ReminderCases() {
  const std::string invoice = Invoice("I1", "1000", "2025-01-31");
  const std::string stop = "2025-02-01 ReminderPolicySet customer=C until=2025-02-15";
  const auto sent = [](const std::string& date, const std::string& level) {
    return date + " ReminderSent id=R" + level + " customer=C level=" + level + " invoices=I1";
  };
  return {
      {"six days before it is due there is none", {invoice}, "2025-01-25", {}},
      {"five days before there is", {invoice}, "2025-01-26", {"1|I1|1000.00|2025-01-26|-5|10.00"}},
      {"lower levels are passed over", {invoice}, "2025-02-20", {"5|I1|1000.00|2025-02-20|20|30.00"}},
      {"one that was sent is not sent again", {invoice, sent("2025-02-20", "5")}, "2025-02-28", {}},
      {"the next level is", {invoice, sent("2025-02-20", "5")}, "2025-03-02", {"6|I1|1000.00|2025-03-02|30|30.00"}},
      {"but not within three days of the last", {invoice, sent("2025-02-28", "5")}, "2025-03-02", {}},
      {"on the third it is", {invoice, sent("2025-02-27", "5")}, "2025-03-02", {"6|I1|1000.00|2025-03-02|30|30.00"}},
      {"reversing what was sent frees its level",
       {invoice, sent("2025-02-20", "5"), "2025-02-21 EventReversed event=R5 reason=bounced"},
       "2025-02-21",
       {"5|I1|1000.00|2025-02-20|21|30.00"}},
      {"only from the reversal's day on",
       {invoice, sent("2025-02-20", "5"), "2025-02-22 EventReversed event=R5 reason=bounced"},
       "2025-02-21",
       {}},
      {"what is disputed is left out",
       {invoice, "2025-02-01 DisputeOpened customer=C dispute=D1 invoice=I1 amount=400"},
       "2025-02-20",
       {"5|I1|600.00|2025-02-20|20|18.00"}},
      {"unless the policy says otherwise",
       {invoice, "2025-02-01 DisputeOpened customer=C dispute=D1 invoice=I1 amount=400",
        "2025-02-01 ReminderPolicySet customer=C disputed=include"},
       "2025-02-20",
       {"5|I1|1000.00|2025-02-20|20|30.00"}},
      {"what is promised is left out",
       {invoice, "2025-02-18 PromiseMade customer=C promise=W1 amount=250 due=2025-02-25 invoices=I1"},
       "2025-02-20",
       {"5|I1|750.00|2025-02-20|20|22.50"}},
      {"promises take from what was due first",
       {invoice, Invoice("I0", "500", "2025-02-01"),
        "2025-02-18 PromiseMade customer=C promise=W1 amount=1100 due=2025-02-25 invoices='I0;I1'"},
       "2025-02-21",
       {"5|I0|400.00|2025-02-21|20|12.00"}},
      {"of one due day by the number",
       {Invoice("I2", "100", "2025-01-31"), Invoice("I1", "100", "2025-01-31"),
        "2025-02-18 PromiseMade customer=C promise=W1 amount=150 due=2025-02-25 invoices='I2;I1'"},
       "2025-02-20",
       {"5|I2|50.00|2025-02-20|20|1.50"}},
      {"credit that covers all stops it", {invoice, Pay("2025-02-01", "P1", "1000")}, "2025-02-20", {}},
      {"less does not",
       {invoice, Pay("2025-02-01", "P1", "999.99")},
       "2025-02-20",
       {"5|I1|1000.00|2025-02-20|20|30.00"}},
      {"with a promise for no invoice it may",
       {invoice, Pay("2025-02-01", "P1", "600"),
        "2025-02-18 PromiseMade customer=C promise=W1 amount=400 due=2025-02-25"},
       "2025-02-20",
       {}},
      {"a customer's stop", {invoice, stop}, "2025-02-15", {}},
      {"ends with its day", {invoice, stop}, "2025-02-16", {"4|I1|1000.00|2025-02-10|16|30.00"}},
      {"and gives back to the policy before it",
       {invoice, "2025-01-02 ReminderPolicySet customer=C steps='9 16 phone'", stop},
       "2025-02-16",
       {"9|I1|1000.00|2025-02-16|16|30.00"}},
      {"a customer's policy goes before one for all that is newer",
       {invoice, "2025-01-02 ReminderPolicySet customer=C steps='9 16 phone'",
        "2025-01-03 ReminderPolicySet steps='1 2 email'"},
       "2025-02-17",
       {"9|I1|1000.00|2025-02-16|17|30.00"}},
      {"small amounts are not reminded of",
       {invoice, "2025-01-02 ReminderPolicySet min_amount=1000.01"},
       "2025-02-20",
       {}},
      {"but in another currency they are",
       {invoice, "2025-01-02 ReminderPolicySet currency=EUR min_amount=1000.01"},
       "2025-02-20",
       {"5|I1|1000.00|2025-02-20|20|30.00"}},
      {"an agency has to do with it",
       {invoice, "2025-02-10 EscalationStarted customer=C escalation=E1 step=agency invoices=I1 reason=silence"},
       "2025-02-20",
       {}},
      {"while supply is only stopped it is reminded",
       {invoice, "2025-02-10 EscalationStarted customer=C escalation=E1 step=stop_supply reason=silence"},
       "2025-02-20",
       {"5|I1|1000.00|2025-02-20|20|30.00"}},
      {"once the agency is done it is again",
       {invoice, "2025-02-10 EscalationStarted customer=C escalation=E1 step=legal reason=silence",
        "2025-02-20 EscalationClosed escalation=E1"},
       "2025-02-20",
       {"5|I1|1000.00|2025-02-20|20|30.00"}},
      {"of instalments what is due by the day",
       {"2025-01-01 InvoiceIssued customer=C invoice=I1 amount=1000 instalments='2025-01-31 300;2025-02-20 300;"
        "2025-03-31 400'"},
       "2025-02-20",
       {"5|I1|600.00|2025-02-20|20|18.00"}},
      {"a new first part starts anew",
       {"2025-01-01 InvoiceIssued customer=C invoice=I1 amount=1000 instalments='2025-01-31 300;2025-03-10 700'",
        sent("2025-03-04", "6"), Pay("2025-03-05", "P1", "300"),
        "2025-03-05 PaymentApplied payment=P1 invoice=I1 amount=300"},
       "2025-03-06",
       {"1|I1|700.00|2025-03-05|-4|7.00"}},
  };
}

TEST(Reminders, AreThereForTheHighestLevelThatIsReachedUntilSomethingAnswersThem) {
  for (const Case& each : ReminderCases()) {
    SCOPED_TRACE(each.name);
    Scenario scenario;
    scenario.Given({kCustomer});
    scenario.Given(each.given);
    EXPECT_THAT(RemindersAt(scenario, each.effective), ElementsAreArray(each.expected));
  }
}

TEST(Reminders, OfSeveralInvoicesAreOneForEachLevelAndCurrency) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I2", "200", "2025-01-30"), Invoice("I1", "100", "2025-01-31"),
                  Invoice("I3", "400", "2025-02-11"),
                  "2025-01-01 InvoiceIssued customer=C invoice=E1 amount=50 currency=EUR due=2025-01-31"});
  EXPECT_THAT(ListAt(scenario, "2025-02-11", {"currency", "level", "document", "amount", "since", "days", "channel"}),
              ElementsAre("CNY|4|I2;I1|300.00|2025-02-09|12|email", "CNY|2|I3|400.00|2025-02-11|0|email",
                          "EUR|4|E1|50.00|2025-02-10|11|email"));
}

TEST(Worklist, HasABrokenPromiseUntilSomebodyDealsWithTheCustomer) {
  const std::string invoice = Invoice("I1", "1000", "2025-01-31");
  const std::string promise =
      "2025-02-01 PromiseMade customer=C promise=W1 amount=400 due=2025-02-18 grace=2 invoices=I1";
  const std::vector<std::string> broken{"W1|400.00|2025-02-21|0|24.00"};
  const std::vector<std::pair<std::string, bool>> answers{
      {"2025-02-21 ContactLogged customer=C text=called", true},
      {"2025-02-20 ContactLogged customer=C text='called before'", false},
      {"2025-02-21 ReminderSent customer=C level=5 invoices=I1", true},
      {"2025-02-21 PromiseMade customer=C promise=W2 amount=1 due=2025-03-01", true},
      {"2025-02-21 EscalationStarted customer=C escalation=E1 step=agency reason=silence", true},
      {"2025-02-21 CreditNoteIssued customer=C credit_note=N1 invoice=I1 amount=1000", true},
      {"2025-02-21 CreditNoteIssued customer=C credit_note=N1 invoice=I1 amount=900", false},
  };
  for (const auto& [answer, is_gone] : answers) {
    SCOPED_TRACE(answer);
    Scenario scenario;
    scenario.Given({kCustomer, invoice, promise});
    const std::vector<std::string> columns{"document", "amount", "since", "days", "risk"};
    EXPECT_THAT(ListAt(scenario, "2025-02-20", columns, "promise_broken"), IsEmpty());
    EXPECT_THAT(ListAt(scenario, "2025-02-21", columns, "promise_broken"), ElementsAreArray(broken));
    scenario.Given({answer});
    EXPECT_EQ(ListAt(scenario, "2025-02-21", columns, "promise_broken").empty(), is_gone);
  }
}

TEST(Worklist, HasAPromiseFromTheDayThatIsAskedForUntilItsVerdict) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I1", "1000", "2025-01-31"),
                  "2025-02-01 PromiseMade customer=C promise=W1 amount=400 due=2025-02-18 grace=2 invoices=I1"});
  const std::vector<std::string> columns{"kind", "document", "amount", "since", "days"};
  EXPECT_THAT(ListAt(scenario, "2025-02-17", columns, "promise_due"), IsEmpty());
  EXPECT_THAT(ListAt(scenario, "2025-02-17", columns, "promise_due", 1),
              ElementsAre("promise_due|W1|400.00|2025-02-18|-1"));
  EXPECT_THAT(ListAt(scenario, "2025-02-20", columns, "promise_due"),
              ElementsAre("promise_due|W1|400.00|2025-02-18|2"));
  EXPECT_THAT(ListAt(scenario, "2025-02-21", columns, "promise_due"), IsEmpty());
}

TEST(Worklist, DoublesTheRiskFor180DaysAfterABrokenPromise) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I1", "1000", "2024-01-31"),
                  "2025-01-01 PromiseMade customer=C promise=W1 amount=400 due=2025-01-10 invoices=I1"});
  const std::vector<std::string> columns{"kind", "risk"};
  // Over a year old: 900 thousandths, and never more than all of it.
  EXPECT_THAT(ListAt(scenario, "2025-02-20", columns, "escalation"), ElementsAre("escalation|1000.00"));
  EXPECT_THAT(ListAt(scenario, "2025-07-08", columns, "escalation"), ElementsAre("escalation|1000.00"));
  EXPECT_THAT(ListAt(scenario, "2025-07-09", columns, "escalation"), ElementsAre("escalation|900.00"));
}

TEST(Worklist, FollowsUpWhatWasSaidLastUntilTheNextContact) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I1", "1000", "2025-03-31"),
                  "2025-01-05 InvoiceIssued customer=C invoice=E1 amount=50 currency=EUR due=2025-03-31",
                  "2025-02-01 ContactLogged id=K1 customer=C channel=phone next=2025-02-10 text='cash on Monday'",
                  "2025-02-01 ContactLogged id=K2 customer=C channel=email text='wrote again'"});
  const std::vector<std::string> columns{"currency", "amount", "since", "days", "channel", "text"};
  EXPECT_THAT(ListAt(scenario, "2025-02-10", columns, "follow_up"), IsEmpty());  // the last one says no day
  scenario.Given({"2025-02-02 EventReversed event=K2 reason='not sent'"});
  EXPECT_THAT(ListAt(scenario, "2025-02-09", columns, "follow_up"), IsEmpty());
  EXPECT_THAT(
      ListAt(scenario, "2025-02-11", columns, "follow_up"),
      ElementsAre("CNY|1000.00|2025-02-10|1|phone|cash on Monday", "EUR|50.00|2025-02-10|1|phone|cash on Monday"));
}

TEST(Worklist, FollowsUpWhoOwesNothingToo) {
  Scenario scenario;
  scenario.Given({kCustomer, "2025-02-01 ContactLogged customer=C next=2025-02-10 text='offers a new contract'"});
  EXPECT_THAT(ListAt(scenario, "2025-02-10", {"kind", "currency", "amount", "risk", "text"}),
              ElementsAre("follow_up|CNY|0.00|0.00|offers a new contract"));
}

TEST(Worklist, HasOldInvoicesUntilTheyAreEscalated) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I1", "1000", "2025-01-31"), Invoice("I2", "10", "2025-01-31"),
                  "2025-01-01 ReminderPolicySet customer=C escalate=60"});
  const std::vector<std::string> columns{"document", "amount", "since", "days", "risk"};
  EXPECT_THAT(ListAt(scenario, "2025-03-31", columns, "escalation"), IsEmpty());
  EXPECT_THAT(ListAt(scenario, "2025-04-02", columns, "escalation"),
              ElementsAre("I1|1000.00|2025-04-01|1|150.00", "I2|10.00|2025-04-01|1|1.50"));
  scenario.Given({"2025-04-02 EscalationStarted customer=C escalation=E1 step=stop_supply invoices=I1 reason=silence"});
  EXPECT_THAT(ListAt(scenario, "2025-04-02", columns, "escalation"), ElementsAre("I2|10.00|2025-04-01|1|1.50"));
}

TEST(Worklist, HasDisputesThatNobodyResolvedAndWhatIsToBeCreditedOfThem) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I1", "100", "2025-03-31"),
                  "2025-02-01 DisputeOpened customer=C dispute=D1 invoice=I1 amount=60"});
  const std::vector<std::string> columns{"kind", "document", "amount", "since", "days"};
  EXPECT_THAT(ListAt(scenario, "2025-03-02", columns), IsEmpty());
  EXPECT_THAT(ListAt(scenario, "2025-03-03", columns), ElementsAre("dispute|D1|60.00|2025-03-03|0"));
  scenario.Given({"2025-03-04 DisputeResolved dispute=D1 outcome=partly upheld=50"});
  EXPECT_THAT(ListAt(scenario, "2025-03-05", columns), ElementsAre("credit_note|D1|50.00|2025-03-04|1"));
  scenario.Given({"2025-03-06 CreditNoteIssued customer=C credit_note=N1 invoice=I1 amount=20 dispute=D1"});
  EXPECT_THAT(ListAt(scenario, "2025-03-06", columns), ElementsAre("credit_note|D1|30.00|2025-03-04|2"));
  scenario.Given({"2025-03-07 CreditNoteIssued customer=C credit_note=N2 invoice=I1 amount=30 dispute=D1"});
  EXPECT_THAT(ListAt(scenario, "2025-03-07", columns), IsEmpty());
}

TEST(Worklist, HasEachDisputeOfAnInvoiceForWhatIsOpenOfIt) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I1", "100", "2025-03-31"),
                  "2025-02-01 DisputeOpened customer=C dispute=D1 invoice=I1 amount=100",
                  "2025-02-02 DisputeOpened customer=C dispute=D2 invoice=I1 amount=30", Pay("2025-02-10", "P1", "80"),
                  "2025-02-10 PaymentApplied payment=P1 invoice=I1 amount=80"});
  const std::vector<std::string> columns{"kind", "document", "amount", "since"};
  EXPECT_THAT(ListAt(scenario, "2025-03-04", columns),
              ElementsAre("dispute|D1|20.00|2025-03-03", "dispute|D2|20.00|2025-03-04"));
  scenario.Given({"2025-03-04 DisputeResolved dispute=D1 outcome=rejected"});
  EXPECT_THAT(ListAt(scenario, "2025-03-04", columns), ElementsAre("dispute|D2|20.00|2025-03-04"));
}

TEST(Worklist, HasMoneyToBeAppliedWhereSomethingIsOpen) {
  Scenario scenario;
  scenario.Given({kCustomer, Invoice("I1", "100", "2025-12-31"), Pay("2025-02-10", "P1", "120"),
                  "2025-02-12 CreditNoteIssued customer=C credit_note=N1 amount=30"});
  const std::vector<std::string> columns{"kind", "document", "amount", "since", "days", "risk"};
  EXPECT_THAT(ListAt(scenario, "2025-02-12", columns),
              ElementsAre("apply|P1|100.00|2025-02-10|2|0.00", "apply|N1|30.00|2025-02-12|0|0.00"));
  scenario.Given({"2025-02-12 PaymentApplied payment=P1 invoice=I1 amount=100"});
  EXPECT_THAT(ListAt(scenario, "2025-02-12", columns), IsEmpty());
}

TEST(Worklist, StandsInOrderOfCurrencyRiskAmountAndCustomer) {
  Scenario scenario;
  scenario.Given({"2025-01-01 CustomerOpened customer=A name=Ann", kCustomer,
                  "2025-01-01 InvoiceIssued customer=A invoice=A1 amount=100 due=2025-01-31",
                  "2025-01-01 InvoiceIssued customer=A invoice=A2 amount=5000 currency=EUR due=2025-01-31",
                  Invoice("I1", "100", "2025-01-31"),
                  "2025-01-01 InvoiceIssued customer=C invoice=U1 amount=9 currency=AUD due=2025-01-31",
                  "2025-01-01 CustomerOpened customer=B name=Bob",
                  "2025-01-01 InvoiceIssued customer=B invoice=B1 amount=200 due=2025-01-31"});
  EXPECT_THAT(ListAt(scenario, "2025-02-10", {"customer", "currency", "risk"}),
              ElementsAre("B|CNY|6.00", "A|CNY|3.00", "C|CNY|3.00", "C|AUD|0.27", "A|EUR|150.00"));
}

}  // namespace
}  // namespace duebook
