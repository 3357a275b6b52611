#include "projections/reports/work_entries.h"

#include <algorithm>
#include <utility>

#include "projections/reports/bill_book.h"
#include "projections/reports/collection_risk.h"
#include "projections/reports/dispute_book.h"

namespace duebook {

namespace {

// The entries in the making, with what several kinds ask.
class Gathering {
 public:
  Gathering(const Collecting& collecting, Currency ledger_currency)
      : of_(collecting),
        ledger_currency_(ledger_currency),
        broken_promises_(collecting.history, collecting.cut, collecting.promises) {}

  void AddReminders();
  void AddPromises(int days_ahead);
  void AddFollowUps();
  void AddEscalations();
  void AddDisputes();
  void AddWhatToApply();
  void AddBills();
  // Whom to stop, to let go on and to approve: nobody unless there is a credit policy.
  void AddCredit(const CreditBook& credit);

  std::vector<WorkEntry> Take() { return std::move(entries_); }

 private:
  static constexpr int64_t kNotDue = 0;

  const CustomerAccount& AccountOf(const ReminderItem& item) const { return of_.items.accounts()[item.account]; }
  // Adds an entry whose days count from `since` and whose risk is by the oldest invoice that it is about, if it has a
  // risk.
  void Add(WorkEntry entry, std::optional<int64_t> oldest_age);
  DocumentNumbers NumbersOf(const std::vector<const ReminderItem*>& items) const;
  void AddPromise(const JudgedPromise& promise, std::string_view kind, Date since);
  void AddHold(const CreditBook& credit, const CreditStanding& standing);
  void AddReleases(const CreditBook& credit);
  // The customers of whom a contact of the last days said that they are not to be stopped.
  std::vector<bool> NotToBeStopped() const;
  // The last day on which somebody dealt with each customer: contact, reminder, promise or escalation.
  std::vector<Date> LastDealings() const;

  const Collecting& of_;
  const Currency ledger_currency_;
  const BrokenPromises broken_promises_;
  std::vector<WorkEntry> entries_;
};

void Gathering::Add(WorkEntry entry, std::optional<int64_t> oldest_age) {
  if (entry.kind != kReminderWork) entry.days = of_.cut.effective - entry.since;
  if (oldest_age.has_value()) {
    entry.risk = RiskOf(entry.amount, *oldest_age, broken_promises_.Of(entry.customer));
  }
  entries_.push_back(std::move(entry));
}

DocumentNumbers Gathering::NumbersOf(const std::vector<const ReminderItem*>& items) const {
  DocumentNumbers numbers;
  numbers.reserve(items.size());
  for (const ReminderItem* item : items) numbers.emplace_back(of_.history.items.number[item->item]);
  return numbers;
}

void Gathering::AddReminders() {
  for (const Reminder& reminder : of_.items.Reminders()) {
    const CustomerAccount& account = of_.items.accounts()[reminder.account];
    Add({.customer = account.customer,
         .currency = account.currency,
         .kind = kReminderWork,
         .level = reminder.step->level,
         .documents = NumbersOf(reminder.items),
         .amount = reminder.amount,
         .since = reminder.since,
         .days = reminder.days,
         .channel = reminder.step->channel},
        reminder.days);
  }
}

std::vector<Date> Gathering::LastDealings() const {
  std::vector<Date> last(of_.history.customers.seq.size(), Date::Min());
  const History::Facts& facts = of_.history.facts;
  of_.facts.ForEach(
      {EventType::ContactLogged, EventType::ReminderSent, EventType::EscalationStarted},
      [&](uint32_t row) { last[facts.customer[row]] = std::max(last[facts.customer[row]], facts.date[row]); });
  for (const JudgedPromise& promise : of_.promises) {
    Date& of_customer = last[of_.history.promises.customer[promise.row]];
    of_customer = std::max(of_customer, promise.date);
  }
  return last;
}

void Gathering::AddPromises(int days_ahead) {
  const std::vector<Date> last_dealings = LastDealings();
  for (const JudgedPromise& promise : of_.promises) {
    const uint32_t customer = of_.history.promises.customer[promise.row];
    if (promise.IsPending() && promise.due.AddDays(-days_ahead) <= of_.cut.effective) {
      AddPromise(promise, kPromiseDueWork, promise.due);
    }
    if (promise.IsBrokenInPart() && last_dealings[customer] <= promise.LastDay()) {
      AddPromise(promise, kPromiseBrokenWork, promise.LastDay().AddDays(1));
    }
  }
}

// A broken promise is there as long as something is open of its invoices or, if it names none, of the balance.
void Gathering::AddPromise(const JudgedPromise& promise, std::string_view kind, Date since) {
  const History& history = of_.history;
  const uint32_t customer = history.promises.customer[promise.row];
  const Currency currency = history.promises.currency[promise.row];
  const std::vector<uint32_t> invoices = InvoicesNamedBy(history, promise.row);
  bool is_open = false;
  int64_t oldest = kNotDue;
  for (const uint32_t invoice : invoices) {
    const ReminderItem* item = of_.items.Of(invoice);
    is_open = is_open || item != nullptr;
    if (item != nullptr) oldest = std::max(oldest, item->age);
  }
  if (invoices.empty()) {
    const uint32_t account = of_.items.accounts().Find(customer, currency);
    is_open = account != CustomerAccounts::kNone && of_.items.accounts()[account].balance() > 0;
    if (account != CustomerAccounts::kNone) oldest = std::max(oldest, of_.items.accounts()[account].oldest);
  }
  if (kind == kPromiseBrokenWork && !is_open) return;
  Add({.customer = customer,
       .currency = currency,
       .kind = kind,
       .documents = {history.promises.number[promise.row]},
       .amount = promise.Lacking(),
       .since = since},
      oldest);
}

// Whom to speak to again, with what is owed in each currency; who owes nothing, too, until somebody spoke to them.
void Gathering::AddFollowUps() {
  const CustomerAccounts& accounts = of_.items.accounts();
  for (uint32_t customer = 0; customer < of_.history.customers.seq.size(); ++customer) {
    const uint32_t contact = of_.contacts.LastOf(customer);
    // A contact that says no next one has the last of all days.
    const Date next = contact == kNoItem ? Date::Max() : of_.history.facts.day[contact];
    if (next > of_.cut.effective || next == Date::Max()) continue;
    const WorkEntry entry{.customer = customer, .currency = ledger_currency_, .kind = kFollowUpWork, .since = next};
    bool owes_something = false;
    accounts.ForEachOf(customer, [&](uint32_t number) {
      const CustomerAccount& account = accounts[number];
      if (account.balance() <= 0) return;
      owes_something = true;
      WorkEntry owed = entry;
      owed.currency = account.currency;
      owed.amount = account.balance();
      Add(std::move(owed), std::max(kNotDue, account.oldest));
    });
    if (!owes_something) Add(entry, std::nullopt);
  }
}

void Gathering::AddEscalations() {
  for (const ReminderItem& item : of_.items.items()) {
    const CustomerAccount& account = AccountOf(item);
    const int days = of_.policies.Of(account.customer).escalate;
    if (item.age < days || of_.escalations.Covers(item.item)) continue;
    Add({.customer = account.customer,
         .currency = account.currency,
         .kind = kEscalationWork,
         .documents = {of_.history.items.number[item.item]},
         .amount = item.open,
         .since = item.due.AddDays(days)},
        item.age);
  }
}

// Disputes that nobody resolved in time, and those in which the customer was found right and is not credited yet.
void Gathering::AddDisputes() {
  const History& history = of_.history;
  for (const JudgedDispute& dispute : JudgeDisputes(history, of_.cut, of_.balances)) {
    const uint32_t customer = history.items.customer[dispute.item];
    const ReminderItem* item = of_.items.Of(dispute.item);
    WorkEntry entry{.customer = customer,
                    .currency = history.items.currency[dispute.item],
                    .kind = kDisputeWork,
                    .documents = {history.disputes.number[dispute.row]}};
    const int64_t age = item == nullptr ? kNotDue : item->age;
    if (!dispute.resolved.has_value()) {
      // Not its share of what is open: each of several disputes is there until it is resolved.
      entry.amount = std::min<Sum>(dispute.amount, of_.balances[dispute.item]);
      entry.since = dispute.date.AddDays(of_.policies.Of(customer).dispute_days);
      if (entry.amount > 0 && entry.since <= of_.cut.effective) Add(std::move(entry), age);
    } else if (dispute.ToBeCredited() > 0 && item != nullptr) {
      entry.kind = kCreditNoteWork;
      entry.amount = dispute.ToBeCredited();
      entry.since = *dispute.resolved;
      Add(std::move(entry), age);
    }
  }
}

void Gathering::AddWhatToApply() {
  const History::Items& items = of_.history.items;
  const size_t rows = RowsKnown(items.seq, of_.cut.known);
  for (uint32_t item = 0; item < rows; ++item) {
    const Sum unapplied = of_.balances[item];
    if (unapplied == 0 || items.kind[item] == ItemKind::kInvoice) continue;
    const uint32_t number = of_.items.accounts().Find(items.customer[item], items.currency[item]);
    const Sum open = of_.items.accounts()[number].open;
    if (open <= 0) continue;
    Add({.customer = items.customer[item],
         .currency = items.currency[item],
         .kind = kApplyWork,
         .documents = {items.number[item]},
         .amount = std::min(unapplied, open),
         .since = items.date[item]},
        std::nullopt);
  }
}

// Bills that are held and fall due soon, or fell due and nobody said what became of them.
void Gathering::AddBills() {
  constexpr int kDaysBefore = 5;
  const History& history = of_.history;
  for (const BookedBill& bill : BillsAt(history, of_.cut)) {
    const Date since = history.facts.day[bill.fact].AddDays(-kDaysBefore);
    if (!bill.IsHeld() || since > of_.cut.effective) continue;
    Add({.customer = history.items.customer[bill.item],
         .currency = history.items.currency[bill.item],
         .kind = kBillWork,
         .documents = {history.items.number[bill.item]},
         .amount = history.items.amount[bill.item],
         .since = since},
        kNotDue);
  }
}

// Whether shipments would be refused for what is overdue, or for what is owed: whatever the policy checks at shipments,
// people are told.
bool IsTooLate(const CreditBook& credit, const CreditStanding& standing) {
  return standing.NetOverdue() > credit.OverdueAllowed(standing.currency);
}
bool IsTooMuch(const CreditStanding& standing) { return standing.Exposure() > standing.limit; }

std::vector<bool> Gathering::NotToBeStopped() const {
  constexpr int kDays = 30;
  constexpr std::string_view kNoHold = "no_hold";
  const History::Facts& facts = of_.history.facts;
  std::vector<bool> customers(of_.history.customers.seq.size());
  for (const uint32_t contact : of_.contacts.rows()) {
    const bool is_recent = of_.cut.effective - facts.date[contact] < kDays;
    if (is_recent && facts.key[contact] == kNoHold) customers[facts.customer[contact]] = true;
  }
  return customers;
}

void Gathering::AddCredit(const CreditBook& credit) {
  if (credit.policy() == nullptr) return;
  const std::vector<bool> not_to_be_stopped = NotToBeStopped();
  for (const CreditStanding& standing : credit.standings()) {
    const CreditOfCustomer& customer = credit.Of(standing.customer);
    if (!customer.approved) {
      const bool is_shown = standing.limit > 0 || standing.currency == ledger_currency_;
      if (!is_shown) continue;
      Add({.customer = standing.customer,
           .currency = standing.currency,
           .kind = kApproveWork,
           .amount = standing.limit,
           .since = of_.history.customers.date[standing.customer]},
          std::nullopt);
    } else if (!credit.IsHeld(standing.customer) && !not_to_be_stopped[standing.customer]) {
      AddHold(credit, standing);
    }
  }
  AddReleases(credit);
}

// Since the first day on which the oldest of what is late was so. What is only too much is so today: since when would
// depend on all that ever moved it.
void Gathering::AddHold(const CreditBook& credit, const CreditStanding& standing) {
  const bool is_late = IsTooLate(credit, standing);
  if (!is_late && !IsTooMuch(standing)) return;
  const int64_t days_late = standing.oldest_late - credit.policy()->overdue.days;
  Add({.customer = standing.customer,
       .currency = standing.currency,
       .kind = kHoldWork,
       .amount = is_late ? standing.NetOverdue() : standing.Exposure() - standing.limit,
       .since = of_.cut.effective.AddDays(is_late ? 1 - days_late : 0)},
      standing.oldest);
}

// A customer is let go on where nothing stands against it in any currency.
void Gathering::AddReleases(const CreditBook& credit) {
  std::vector<bool> is_stopped_rightly(of_.history.customers.seq.size());
  for (const CreditStanding& standing : credit.standings()) {
    if (IsTooLate(credit, standing) || IsTooMuch(standing)) is_stopped_rightly[standing.customer] = true;
  }
  for (const CreditStanding& standing : credit.standings()) {
    const std::optional<Date> held = credit.Of(standing.customer).held;
    const bool is_shown = standing.Exposure() != 0 || standing.currency == ledger_currency_;
    if (!held.has_value() || is_stopped_rightly[standing.customer] || !is_shown) continue;
    Add({.customer = standing.customer,
         .currency = standing.currency,
         .kind = kReleaseWork,
         .amount = standing.Exposure(),
         .since = *held},
        std::nullopt);
  }
}

}  // namespace

Collecting::Collecting(const History& of, const Cut& at, ReminderPolicies of_reminders)
    : history(of),
      cut(at),
      balances(of, at),
      facts(of, at),
      policies(std::move(of_reminders)),
      escalations(of, at),
      promises(JudgePromises(of, at)),
      contacts(of, at),
      items(of, at, balances, facts, policies, promises, escalations) {}

std::vector<WorkEntry> WorkEntries(const Collecting& collecting, const CreditBook& credit, Currency ledger_currency,
                                   int days_ahead) {
  Gathering gathering(collecting, ledger_currency);
  gathering.AddReminders();
  gathering.AddPromises(days_ahead);
  gathering.AddFollowUps();
  gathering.AddEscalations();
  gathering.AddDisputes();
  gathering.AddWhatToApply();
  gathering.AddBills();
  gathering.AddCredit(credit);
  return gathering.Take();
}

}  // namespace duebook
