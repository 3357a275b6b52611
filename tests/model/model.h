// The reference model: what the ledger must answer, worked out from scratch each time by looking at every accepted
// fact. Written from ledger/RULES.md and for obviousness, not for speed; it shares no rule and no projection with the
// product, only dates, money and the names of refusals.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/command/rejection.h"
#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"
#include "tests/model/fact.h"
#include "tests/model/rows.h"

namespace duebook::model {

// What became of a command: accepted (neither), there already, or refused.
struct Verdict {
  std::optional<uint64_t> duplicate_of;
  std::set<RejectionCode> refused_for;  // all that is wrong
};

// The key that a ledger of the model begins with. Keys are "k0" to "k3", see records.cc.
inline constexpr const char* kFirstKey = "k0";

class Model {
 public:
  // `currency`: of commands that say none and name no document.
  explicit Model(std::string currency) : currency_(std::move(currency)) {}

  // Decides, and keeps what is accepted. A reversed payment keeps the reversals of its applications first.
  Verdict Submit(const Fact& command);

  // The command with what it leaves to the ledger: customer, currency, due date.
  Fact Filled(Fact command) const;

  const std::vector<Fact>& facts() const { return facts_; }  // the fact with seq s is at s - 1
  // The fact of this type that introduced a document; null if there is none. The type "event" stands for all that
  // EventReversed undoes.
  const Fact* Find(const std::string& type, const std::string& number) const;

  Wide Open(const Fact& invoice, const Cut& cut) const;
  Wide Unapplied(const Fact& funding, const Cut& cut) const;  // of a payment, or a credit note on no invoice

  // What is open of an invoice by the days on which it falls due, the earliest first, and that day.
  // Under the schedule in force, or the invoice's own.
  std::vector<OpenItem> OpenParts(const Fact& invoice, const Cut& cut, Basis basis = Basis::kDue) const;
  std::optional<Date> EarliestDue(const Fact& invoice, const Cut& cut) const;

  std::map<Key, BalanceRow> Balance(const Cut& cut) const;
  std::vector<OpenItem> OpenItems(const Cut& cut, const AgingOptions& options) const;
  Wide Disputed(const Fact& invoice, const Cut& cut) const;
  // By salesperson: an invoice's own, else the customer's. Only what items are worth: invoiced, open, unapplied,
  // balance.
  std::map<Key, BalanceRow> BalanceBySalesperson(const Cut& cut) const;
  // What was last said of a customer, by date and then seq, such as its name. "" if nobody said.
  std::string LastSaid(std::string Fact::*what, const std::string& customer, const Cut& cut) const;
  std::map<std::string, DisputeRow> Disputes(const Cut& cut) const;
  // By shipment and, where there is none, by invoice: one of the two is "".
  // `all`: also invoices without shipments that were imported, or where there are no shipments.
  std::map<Key, ShipmentRow> Shipments(const Cut& cut, Date test_day, bool all) const;
  // Returns whether a fact is about the document of this type and number, or about a document that belongs to it.
  bool Touches(const Fact& fact, const std::string& type, const std::string& number) const;
  std::map<Key, AgingRow> Aging(const Cut& cut, const AgingOptions& options) const;
  std::map<std::string, WriteOffRow> WriteOffs(const Cut& cut) const;
  // Of each customer in the ledger's currency, and in those in which it has a document, a limit or a guarantee.
  std::map<Key, CreditRow> Credit(const Cut& cut) const;
  // By override and, where there is none, by shipment: one of the two is "".
  std::map<Key, OverrideRow> Overrides(const Cut& cut) const;
  std::map<std::string, BillRow> Bills(const Cut& cut) const;                                 // by payment
  std::map<std::string, PaperRow> Papers(const Cut& cut, const PaperOptions& options) const;  // by shipment
  std::map<std::string, PromiseRow> Promises(const Cut& cut, int grace_days) const;
  std::map<std::string, DifferenceRow> Differences(const Cut& cut) const;
  std::map<std::string, InterestRow> Interest(const Cut& cut) const;  // by invoice
  std::map<Key, RateRow> PromiseRates(const Cut& at, Date from, Date to, const std::string& by) const;
  std::vector<const Fact*> Contacts(const Cut& cut) const;         // those in force
  std::vector<WorkRow> Worklist(const Cut& cut, int ahead) const;  // the most urgent first
  // How payments are to be applied, at last in the order ("oldest", "prc") that is asked for.
  std::vector<Suggestion> Suggest(const Cut& cut, const std::string& order) const;
  // By the first day on which they are due.
  std::vector<ReminderItem> ReminderItems(const Cut& cut) const;
  // What a scorecard of so many months looks at, by the name of the factor; nothing where that is missing.
  std::map<std::string, std::optional<Wide>> ScoreFactors(const std::string& customer, int months,
                                                          const Cut& cut) const;
  // In order of seq, numbered from 0.
  std::map<Minor, RoleRow> Roles(const Cut& cut) const;

 private:
  using Why = std::set<RejectionCode>;  // all that is wrong

  // model_rules.cc
  Why WhyRefused(const Fact& command) const;
  std::string TermsOn(const std::string& customer, Date date, uint64_t known) const;
  bool FindAll(const Fact& command, std::vector<const Fact*>* named, Why& why) const;
  static void CheckFields(const Fact& command, Why& why);
  void CheckDocuments(const Fact& command, Why& why) const;
  void CheckCash(const Fact& command, Why& why) const;
  void CheckWriteOff(const Fact& command, Why& why) const;
  void CheckApproval(const Fact& command, Why& why) const;
  void CheckReturned(const Fact& command, Why& why) const;
  void CheckShipments(const Fact& command, Why& why) const;
  void CheckReversal(const Fact& command, Why& why) const;
  void CheckControl(const Fact& command, Why& why) const;
  std::vector<Date> ClosedThrough() const;
  bool DiscountAgreed(const Fact& application) const;

  // model_schedules.cc
  // The last InvoiceRescheduled of the cut; null if there is none, and the invoice's own schedule holds.
  const Fact* ScheduleOn(const Fact& invoice, const Cut& cut) const;
  // By its terms, or those of the customer.
  std::vector<Instalment> PartsByTerms(const Fact& invoice) const;
  bool IsWorkday(Date day, Date invoiced) const;
  void CheckSchedule(const Fact& command, Why& why) const;

  // model_credit.cc
  // The last fact of this type in the cut, by date and then seq; null if there is none.
  const Fact* InForce(const std::string& type, const Cut& cut) const;
  Wide LimitOn(const std::string& customer, const std::string& currency, const Cut& cut) const;
  bool IsApproved(const std::string& customer, const Cut& cut) const;
  bool IsTrading(const std::string& customer, const Cut& cut) const;
  std::optional<Date> HeldSince(const std::string& customer, const Cut& cut) const;  // by a hold alone
  bool HasOpenEscalation(const std::string& customer, const Cut& cut) const;
  Wide GuaranteeLeft(const Fact& guarantee, const Cut& cut) const;
  Wide LeastGuaranteeLeft(const Fact& guarantee, Date from) const;
  Wide BalanceOf(const Key& key, const Cut& cut) const;
  bool IsLive(const Fact& invoice, const Cut& cut) const;         // there, and not voided
  bool IsUninvoiced(const Fact& shipment, const Cut& cut) const;  // in force, and on no live invoice
  Wide NotInvoiced(const Key& key, const Cut& cut) const;
  Wide BillsAtRisk(const Key& key, const Cut& cut) const;
  Wide Guarantees(const Key& key, const Cut& cut) const;
  Wide Exposure(const Key& key, const Cut& cut) const;
  Wide NetOverdue(const Key& key, const Cut& cut) const;
  int OldestLate(const Key& key, const Cut& cut) const;
  // The roles of which one lets somebody do this while a credit policy is in force.
  std::vector<std::string> CreditRoles(const Fact& command, const Fact& policy) const;
  static void CheckCreditFields(const Fact& command, Why& why);
  void CheckCredit(const Fact& command, Why& why) const;
  void CheckCreditRole(const Fact& command, Why& why) const;

  // model_gate.cc
  // What uninvoiced shipments reserve of a payment, leaving one out.
  Wide Reserved(const Fact& payment, const Cut& cut, const std::string& but_shipment) const;
  bool IsPrepaid(const Fact& shipment, const Cut& cut) const;
  bool IsConfirmed(const Fact& shipment, Date day, const Cut& cut) const;
  // The checks that a shipment fails on the day of the cut.
  Why Failed(const Fact& shipment, const Cut& cut) const;
  bool IsBackdated(const Fact& shipment) const;
  void CheckGate(const Fact& command, Why& why) const;

  // model_bills.cc
  bool Bounced(const std::string& payment, const Cut& cut) const;  // reversed, or its bill dishonoured
  std::vector<const Fact*> BillSteps(const std::string& payment, const Cut& cut) const;
  std::string BillState(const Fact& payment, const Cut& cut) const;
  bool IsAtRisk(const Fact& payment, const Cut& cut) const;
  // What cannot be in payments and of bills, though something that they name may be missing.
  void CheckPaymentFields(const Fact& command, Why& why) const;
  void CheckBillFields(const Fact& command, Why& why) const;
  void CheckPayment(const Fact& command, Why& why) const;
  // The release that the ledger records of its own accord just before a payment by deposit.
  std::vector<Fact> ReleasedFirst(const Fact& command) const;
  void CheckBill(const Fact& command, Why& why) const;

  // model_papers.cc
  void CheckPapers(const Fact& command, Why& why) const;
  // The day on which a shipment was signed for.
  std::optional<Date> Signed(const Fact& shipment, const Cut& cut) const;

  // model_collecting.cc
  static void CheckCollectingFields(const Fact& command, Why& why);
  void CheckCollecting(const Fact& command, Why& why) const;

  // model_interest.cc
  const Fact* InterestFor(const Fact& invoice, const Cut& cut) const;  // what governs it; null: nothing
  // What bears interest on a day.
  Wide InterestBase(const Fact& invoice, Date day, const Fact& set, const Cut& cut) const;
  std::set<Date> DaysOfChange(const Cut& cut) const;

  // model_contacts.cc
  std::vector<const Fact*> OpenEscalations(const Cut& cut) const;

  // model_reminders.cc
  Fact ReminderPolicyOf(const std::string& customer, const Cut& cut) const;
  std::vector<std::pair<const Fact*, Wide>> PendingPromises(const Cut& cut) const;
  // Returns whether an escalation by one of the steps is open that covers the invoice.
  bool IsEscalated(const Fact& invoice, const std::set<std::string>& steps, const Cut& cut) const;
  void Remind(ReminderItem& item, const Cut& cut) const;
  void DropCovered(std::vector<ReminderItem>& items, const Cut& cut) const;

  // model_apply.cc
  std::set<std::string> NamedIn(const std::string& reference) const;  // numbers of invoices
  void Take(const Suggestion& suggestion);
  std::vector<Suggestion> SuggestFor(const Fact& payment, Date first_open, const std::string& order) const;
  Wide DiscountOffered(const Fact& invoice, Date paid) const;  // in parts per million
  std::optional<Wide> LargestDifference(const Fact& invoice, Date day) const;
  Wide LeftOfMonth(const std::string& currency, Date day) const;
  bool IsGuaranteed(const Fact& invoice, Date day) const;
  std::optional<Date> LeftSince(Date from, const std::function<Wide(Date)>& left_on) const;

  // model_worklist.cc
  int OldestAge(const std::vector<ReminderItem>& items, const WorkRow& row,
                const std::vector<std::string>& named) const;
  bool BrokeAPromise(const std::string& customer, const Cut& cut) const;
  WorkRow RowOf(const std::string& kind, const Fact& about, Date since, const Cut& cut) const;
  static void ListReminders(const std::vector<ReminderItem>& items, std::vector<WorkRow>& rows);
  void ListEscalations(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListPromises(const std::vector<ReminderItem>& items, const Cut& cut, int ahead,
                    std::vector<WorkRow>& rows) const;
  void ListContacts(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListDisputes(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListApplications(const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListBills(const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListCredit(const Cut& cut, std::vector<WorkRow>& rows) const;

  // model_disputes.cc
  // What ended a dispute; null if it is open.
  const Fact* Resolution(const Fact& dispute, const Cut& cut) const;
  static Wide Upheld(const Fact& dispute, const Fact& resolution);  // what was found right
  Wide CreditedFor(const Fact& dispute, const Cut& cut) const;

  // model_score.cc
  std::optional<Wide> DaysLate(const std::string& customer, Date after, const Cut& cut) const;

  // model_differences.cc
  void CheckDifference(const Fact& command, Why& why) const;
  const Fact* ToleranceOn(const std::string& currency, Date day) const;  // the policy in force; null: none
  // What the actor of a difference closed in its currency and calendar month.
  Wide ClosedInMonth(const Fact& difference, const Cut& cut) const;
  // What the ledger takes back of its own accord just before a payment or an application is reversed.
  std::vector<Fact> TakenBackFirst(const Fact& command) const;

  // model_figures.cc
  std::vector<const Fact*> Visible(const Cut& cut) const;
  std::set<Date> DatesFrom(Date first) const;
  // Returns whether an EventReversed of the cut undoes it.
  bool Undone(const Fact& fact, const Cut& cut) const;
  Wide Recovered(const Fact& request, const Cut& cut) const;
  Wide Kept(const Fact& shipment, const Cut& cut) const;  // what was not returned
  Wide LeastKept(const Fact& shipment, Date from) const;
  Wide LeastOpen(const Fact& invoice, Date from) const;
  Wide LeastUnapplied(const Fact& funding, Date from) const;
  Wide Settled(const Fact& invoice, const Cut& cut) const;  // applied or written off
  // Returns whether a visible fact of this type names the document.
  bool Has(const std::string& type, std::string Fact::*name, const std::string& number, const Cut& cut) const;

  // model_write_offs.cc
  std::vector<const Fact*> Approvals(const Fact& request, const Cut& cut) const;
  std::string StateOf(const Fact& request, const Cut& cut) const;
  bool Holds(const std::string& user, const std::string& role, Date date, const Cut& cut) const;
  bool HoldsStill(const std::string& user, const std::string& role, Date date) const;
  std::string SalespersonOn(const std::string& customer, Date date, const Cut& cut) const;
  // The policy that governs a request; null if there is none.
  const Fact* Policy(const Fact& request, const Cut& cut) const;
  Wide AddedUp(const Fact& request, const Cut& cut) const;
  const Band* BandFor(const Fact& request, Wide sum, const Cut& cut) const;  // null: none, or above all
  const Band* BandOf(const Fact& request, const Cut& cut) const;
  // `still`: roles count only if they had not been taken away when the approval was recorded.
  bool Qualified(const Band& band, const Fact& approval, const Cut& cut, bool still) const;
  struct Missing {
    bool people = false, roles = false;
  };
  Missing StillMissing(const Band& band, const std::vector<const Fact*>& approvals, const Cut& cut, bool still) const;
  // The day from which this approval, recorded now, puts the write-off in force; nothing if it does not.
  std::optional<Date> InForceFrom(const Fact& approval) const;
  void Judge(const Fact& request, const Fact& approval, const Cut& cut, WriteOffRow& row) const;

  // model_roles.cc
  // Returns whether nobody was administrator on the fact's date, by what had been recorded before it.
  bool WithoutAdministrator(const Fact& fact) const;
  bool RestsOnNoAdministrator(const Fact& request, const Fact& approval, const Cut& cut) const;

  std::string currency_;
  std::vector<Fact> facts_;
};

}  // namespace duebook::model
