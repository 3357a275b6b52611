// The reference model: what the ledger must answer, worked out from scratch each time by looking at every accepted
// fact. Written from ledger/RULES.md and for obviousness, not for speed; it shares no rule and no projection with the
// product, only dates, money and the names of refusals.

#pragma once

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

namespace duebook::model {

// Amounts and sums of them, in minor units. An amount that a command gives fits 64 bits; no sum reaches kBeyondAll.
__extension__ typedef __int128 Wide;
inline constexpr Wide kMostOfAnAmount = INT64_MAX;
inline constexpr Wide kBeyondAll = Wide{1} << 120;

struct Instalment {
  Date due;
  Wide amount = 0;
  friend bool operator==(const Instalment&, const Instalment&) = default;
};

struct Band {
  std::optional<Wide> up_to;
  int approvals = 1;
  std::vector<std::string> roles;
  friend bool operator==(const Band&, const Band&) = default;
};

struct ReminderStep {
  int level = 1, days = 0;
  std::string channel;
  Wide charge = 0;
  friend bool operator==(const ReminderStep&, const ReminderStep&) = default;
};

// This stands in place of a customer's terms, salesperson or region that a change clears.
inline const std::string kCleared = "-";

// One event, as a caller gives it; "" and 0 are absent. A type uses only the fields that it has.
struct Fact {
  std::string type, id;
  Date date;
  std::string actor, customer, currency;
  bool imported = false;
  std::string source;                                                                   // of a retry, anything
  std::string number;                                                                   // of the document that starts
  std::string payment, credit_note, invoice, application, promise, dispute, write_off;  // documents it refers to
  std::string shipment, event;                                                          // likewise
  std::vector<std::string> invoices, shipments;
  Wide amount = 0, discount = 0, tax = 0;
  std::optional<Date> due;
  Date through;
  std::string user, role, terms, salesperson, name, region;
  std::string key, signed_by, reason;  // of SigningKeyChanged: the new key, and by which one the change is signed
  std::vector<Instalment> instalments;
  std::vector<Band> bands;
  int months = 12;
  std::string kind, outcome, owner, plan, instrument, reference, rule, channel, step, escalation;
  std::string rate, day_count, disputed, percent;
  std::optional<Wide> upheld, per_month, min_amount;
  std::optional<Date> next, until;
  int grace = 0, level = 0, gap = 3, escalate = 90, dispute_days = 30;
  std::vector<ReminderStep> steps;
  enum class Request { kAbsent, kRight, kWrong } request = Request::kAbsent;  // the hash of the request, as given
  // Set on acceptance.
  uint64_t seq = 0;
  std::optional<Date> in_force_from;      // of the approval that completes a write-off
  std::vector<std::optional<Date>> dues;  // of a reminder: of each invoice, the earliest day of what was open

  friend bool operator==(const Fact&, const Fact&) = default;
};

// Returns whether EventReversed undoes facts of this type.
bool CanBeUndone(const std::string& type);

// What became of a command: accepted (neither), there already, or refused.
struct Verdict {
  std::optional<uint64_t> duplicate_of;
  std::set<RejectionCode> refused_for;  // all that is wrong
};

using Key = std::pair<std::string, std::string>;  // customer, currency

struct BalanceRow {
  Wide invoiced = 0, debited = 0, credited = 0, applied = 0, written_off = 0, open = 0, unapplied = 0, balance = 0;
  friend bool operator==(const BalanceRow&, const BalanceRow&) = default;
};

// The part of what is open of an invoice that is due on one day.
struct OpenItem {
  const Fact* invoice = nullptr;
  Date due;
  Wide open = 0;
  int age = 0;
  int bucket = 0;  // 0: not due; 1: the first days; ...
};

struct AgingRow {
  std::vector<Wide> buckets;
  Wide unapplied = 0;  // negative
  Wide disputed = 0, balance = 0;
  friend bool operator==(const AgingRow&, const AgingRow&) = default;
};
struct AgingOptions {
  std::vector<int> bucket_ends{30, 60, 90, 120, 180, 365};
  bool by_invoice_date = false;
};

struct WriteOffRow {
  std::string state;
  std::vector<std::string> approvals;
  std::set<std::string> violations, remarks;
  friend bool operator==(const WriteOffRow&, const WriteOffRow&) = default;
};

struct RoleRow {
  std::string user, role, granted_by;
  Date from;
  std::optional<Date> to;
  std::set<std::string> marks;
  friend bool operator==(const RoleRow&, const RoleRow&) = default;
};

struct DisputeRow {
  Wide open = 0;
  std::string state, kind, owner;
  std::optional<Wide> upheld;  // once it is resolved
  Wide credited = 0;
  friend bool operator==(const DisputeRow&, const DisputeRow&) = default;
};

struct ShipmentRow {
  std::set<std::string> invoices;
  std::optional<Date> invoiced;
  std::string state;
  Wide amount = 0;               // of a shipment, what did not come back
  std::optional<Wide> returned;  // of a shipment
  friend bool operator==(const ShipmentRow&, const ShipmentRow&) = default;
};

struct DifferenceRow {
  Wide amount = 0, month_total = 0;
  std::string state;
  friend bool operator==(const DifferenceRow&, const DifferenceRow&) = default;
};

struct PromiseRow {
  Wide received = 0;
  std::string state;
  friend bool operator==(const PromiseRow&, const PromiseRow&) = default;
};

// Of promises that came due.
struct RateRow {
  int promises = 0;
  std::map<std::string, int> states;
  Wide amount = 0, received = 0;
  std::optional<Wide> kept_rate;  // in hundredths of a per cent
  friend bool operator==(const RateRow&, const RateRow&) = default;
};

// Of an invoice.
struct InterestRow {
  std::optional<Date> from, through;
  Wide days = 0, accrued = 0, billed = 0;
  friend bool operator==(const InterestRow&, const InterestRow&) = default;
};

// An open invoice, as far as its customer may be reminded of it.
struct ReminderItem {
  const Fact* invoice = nullptr;
  Date x;  // the first day on which something open of it is due
  int age = 0;
  Wide open = 0, amount = 0;  // all of it; what may be reminded of
  Fact policy = {};           // that governs it
  std::optional<ReminderStep> step = {};
  bool reminded = false;
};

// What is to be done today.
struct WorkRow {
  std::string customer, currency, kind;
  std::optional<int> level;
  std::string document;
  Wide amount = 0;
  Date since;
  Wide days = 0, risk = 0;
  std::string channel, salesperson;
  Wide weight = 0;  // thousandths of the amount that are at risk
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
  std::vector<OpenItem> OpenParts(const Fact& invoice, const Cut& cut) const;
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
  std::map<std::string, PromiseRow> Promises(const Cut& cut, int grace_days) const;
  std::map<std::string, DifferenceRow> Differences(const Cut& cut) const;
  std::map<std::string, InterestRow> Interest(const Cut& cut) const;  // by invoice
  std::map<Key, RateRow> PromiseRates(const Cut& cut, Date from, Date to, const std::string& by) const;
  std::vector<const Fact*> Contacts(const Cut& cut) const;         // those in force
  std::vector<WorkRow> Worklist(const Cut& cut, int ahead) const;  // the most urgent first
  // By the first day on which they are due.
  std::vector<ReminderItem> ReminderItems(const Cut& cut) const;
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
  void CheckShipments(const Fact& command, Why& why) const;
  void CheckReversal(const Fact& command, Why& why) const;
  void CheckControl(const Fact& command, Why& why) const;
  std::vector<Date> ClosedThrough() const;
  bool DiscountAgreed(const Fact& application) const;

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

  // model_worklist.cc
  int OldestAge(const std::vector<ReminderItem>& items, const WorkRow& row,
                const std::vector<std::string>& named) const;
  bool BrokeAPromise(const std::string& customer, const Cut& cut) const;
  WorkRow RowOf(const std::string& kind, const Fact& about, Date since, const Cut& cut) const;
  void ListReminders(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListPromises(const std::vector<ReminderItem>& items, const Cut& cut, int ahead,
                    std::vector<WorkRow>& rows) const;
  void ListContacts(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListDisputes(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const;
  void ListApplications(const Cut& cut, std::vector<WorkRow>& rows) const;

  // model_disputes.cc
  // What ended a dispute; null if it is open.
  const Fact* Resolution(const Fact& dispute, const Cut& cut) const;
  static Wide Upheld(const Fact& dispute, const Fact& resolution);  // what was found right
  Wide CreditedFor(const Fact& dispute, const Cut& cut) const;

  // model_differences.cc
  void CheckDifference(const Fact& command, Why& why) const;
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
