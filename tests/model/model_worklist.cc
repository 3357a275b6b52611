// The day's list in the reference model: what is to be done, by which facts it is there.

#include <algorithm>
#include <numeric>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"

namespace duebook::model {

namespace {

// How much of an amount is at risk, in thousandths, by its age.
Wide Weight(int age) {
  static const std::vector<std::pair<int, Wide>> weights{{0, 10},    {30, 30},   {60, 80},  {90, 150},
                                                         {120, 250}, {180, 400}, {365, 600}};
  for (const auto& [last, weight] : weights) {
    if (age <= last) return weight;
  }
  return 900;
}

bool IsBroken(const std::string& state) { return state == "broken" || state == "partly kept"; }

bool IsAfter(const WorkRow& a, const WorkRow& b) {
  const auto place = [](const WorkRow& row) {
    return std::tuple(row.currency == "CNY" ? "" : row.currency, -row.risk, -row.amount, row.customer, row.kind,
                      row.document, row.level.value_or(0));
  };
  return place(a) > place(b);
}

}  // namespace

// The greatest age among a customer's open invoices in a currency, of those that are named or of all.
int Model::OldestAge(const std::vector<ReminderItem>& items, const WorkRow& row,
                     const std::vector<std::string>& named) const {
  int oldest = INT_MIN;
  for (const ReminderItem& item : items) {
    const bool theirs = item.invoice->customer == row.customer && item.invoice->currency == row.currency;
    const bool counts = named.empty() || std::find(named.begin(), named.end(), item.invoice->number) != named.end();
    if (theirs && counts) oldest = std::max(oldest, item.age);
  }
  return oldest;
}

bool Model::BrokeAPromise(const std::string& customer, const Cut& cut) const {
  for (const auto& [number, verdict] : Promises(cut, 0)) {
    const Fact& made = *Find("PromiseMade", number);
    const Date last = made.due->AddDays(made.grace);
    const bool lately = last > cut.effective.AddDays(-180) && last <= cut.effective;
    if (made.customer == customer && IsBroken(verdict.state) && lately) return true;
  }
  return false;
}

std::vector<WorkRow> Model::Worklist(const Cut& cut, int ahead) const {
  std::vector<WorkRow> rows;
  const std::vector<ReminderItem> items = ReminderItems(cut);
  ListReminders(items, rows);
  ListEscalations(items, cut, rows);
  ListPromises(items, cut, ahead, rows);
  ListContacts(items, cut, rows);
  ListDisputes(items, cut, rows);
  ListApplications(cut, rows);
  ListBills(cut, rows);
  ListCredit(cut, rows);
  for (WorkRow& row : rows) {
    row.salesperson = SalespersonOn(row.customer, cut.effective, cut);
    Wide risk = row.weight * (BrokeAPromise(row.customer, cut) ? 2 : 1);
    row.risk = HalfEven<Wide>(row.amount * std::min<Wide>(1000, risk), 1000);
  }
  std::sort(rows.begin(), rows.end(), [](const WorkRow& a, const WorkRow& b) { return IsAfter(b, a); });
  return rows;
}

void Model::ListReminders(const std::vector<ReminderItem>& items, std::vector<WorkRow>& rows) {
  std::map<std::tuple<std::string, std::string, int>, WorkRow> reminders;
  for (const ReminderItem& item : items) {
    if (!item.reminded) continue;
    const Fact& invoice = *item.invoice;
    WorkRow& row = reminders[{invoice.customer, invoice.currency, item.step->level}];
    const Date since = std::max(item.x.AddDays(item.step->days), invoice.date);
    const bool first = row.kind.empty();
    row.kind = "reminder";
    row.customer = invoice.customer;
    row.currency = invoice.currency;
    row.level = item.step->level;
    row.document += (first ? "" : ";") + invoice.number;
    row.amount += item.amount;
    row.since = first ? since : std::min(row.since, since);
    row.days = first ? item.age : std::max<Wide>(row.days, item.age);
    row.channel = item.step->channel;
    row.weight = Weight(static_cast<int>(row.days));
  }
  for (const auto& [key, row] : reminders) rows.push_back(row);
}

void Model::ListEscalations(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const {
  for (const ReminderItem& item : items) {
    if (item.age < item.policy.escalate) continue;
    if (IsEscalated(*item.invoice, {"stop_supply", "agency", "legal"}, cut)) continue;
    WorkRow row = RowOf("escalation", *item.invoice, item.x.AddDays(item.policy.escalate), cut);
    row.amount = item.open;
    row.weight = Weight(item.age);
    rows.push_back(row);
  }
}

WorkRow Model::RowOf(const std::string& kind, const Fact& about, Date since, const Cut& cut) const {
  WorkRow row;
  row.kind = kind;
  row.customer = about.customer;
  row.currency = about.currency;
  row.document = about.number;
  row.since = since;
  row.days = cut.effective - since;
  return row;
}

void Model::ListPromises(const std::vector<ReminderItem>& items, const Cut& cut, int ahead,
                         std::vector<WorkRow>& rows) const {
  const auto balances = Balance(cut);
  for (const auto& [number, verdict] : Promises(cut, 0)) {
    const Fact& made = *Find("PromiseMade", number);
    const Date last = made.due->AddDays(made.grace);
    const bool due = verdict.state == "pending" && made.due->AddDays(-ahead) <= cut.effective;
    if (!due && !IsBroken(verdict.state)) continue;
    WorkRow row = RowOf(due ? "promise_due" : "promise_broken", made, due ? *made.due : last.AddDays(1), cut);
    row.amount = made.amount - verdict.received;
    row.weight = Weight(OldestAge(items, row, made.invoices));
    const auto is_open = [&](const std::string& invoice) { return Open(*Find("InvoiceIssued", invoice), cut) > 0; };
    const auto balance = balances.find({made.customer, made.currency});
    const bool owed = made.invoices.empty() ? balance != balances.end() && balance->second.balance > 0
                                            : std::any_of(made.invoices.begin(), made.invoices.end(), is_open);
    bool answered = false;
    for (const Fact* fact : Visible(cut)) {
      static const std::set<std::string> answers{"ContactLogged", "ReminderSent", "PromiseMade", "EscalationStarted"};
      const bool later = fact->customer == made.customer && fact->date > last && answers.contains(fact->type);
      answered = answered || (later && !Undone(*fact, cut));
    }
    if (due || (owed && !answered)) rows.push_back(row);
  }
}

void Model::ListContacts(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const {
  std::map<std::string, const Fact*> latest;
  for (const Fact* contact : Contacts(cut)) {
    const Fact*& last = latest[contact->customer];
    if (last == nullptr || contact->date >= last->date) last = contact;
  }
  const auto balances = Balance(cut);
  for (const auto& [customer, contact] : latest) {
    if (!contact->next.has_value() || *contact->next > cut.effective) continue;
    // With what is owed in each currency; nothing at all is in the ledger's.
    std::map<std::string, Wide> owed;
    for (const auto& [key, balance] : balances) {
      if (key.first == customer && balance.balance > 0) owed[key.second] = balance.balance;
    }
    if (owed.empty()) owed[currency_] = 0;
    for (const auto& [currency, balance] : owed) {
      WorkRow row = RowOf("follow_up", *contact, *contact->next, cut);
      row.currency = currency;
      row.amount = balance;
      row.channel = contact->channel;
      row.weight = Weight(OldestAge(items, row, {}));
      rows.push_back(row);
    }
  }
}

void Model::ListDisputes(const std::vector<ReminderItem>& items, const Cut& cut, std::vector<WorkRow>& rows) const {
  for (const auto& [number, state] : Disputes(cut)) {
    const Fact& dispute = *Find("DisputeOpened", number);
    const Date old = dispute.date.AddDays(ReminderPolicyOf(dispute.customer, cut).dispute_days);
    const Fact* resolution = Resolution(dispute, cut);
    WorkRow row = RowOf("dispute", dispute, old, cut);
    row.amount = std::min(dispute.amount, Open(*Find("InvoiceIssued", dispute.invoice), cut));
    if (resolution != nullptr) {
      row = RowOf("credit_note", dispute, resolution->date, cut);
      row.amount = state.upheld - state.credited;
    }
    row.weight = Weight(OldestAge(items, row, {dispute.invoice}));
    const bool open = Open(*Find("InvoiceIssued", dispute.invoice), cut) > 0;
    const bool asks = row.amount > 0 && (resolution == nullptr ? row.since <= cut.effective : open);
    if (asks) rows.push_back(row);
  }
}

void Model::ListApplications(const Cut& cut, std::vector<WorkRow>& rows) const {
  const auto balances = Balance(cut);
  for (const Fact* funding : Visible(cut)) {
    const bool can_pay =
        funding->type == "PaymentReceived" || (funding->type == "CreditNoteIssued" && funding->invoice.empty());
    if (!can_pay) continue;
    WorkRow row = RowOf("apply", *funding, funding->date, cut);
    row.amount = std::min(Unapplied(*funding, cut), balances.at({row.customer, row.currency}).open);
    if (row.amount > 0) rows.push_back(row);
  }
}

void Model::ListBills(const Cut& cut, std::vector<WorkRow>& rows) const {
  for (const auto& [number, bill] : Bills(cut)) {
    const Fact& payment = *Find("PaymentReceived", number);
    WorkRow row = RowOf("bill", payment, payment.bill_due->AddDays(-5), cut);
    row.amount = payment.amount;
    row.weight = Weight(0);
    if (bill.state == "held" && row.since <= cut.effective) rows.push_back(row);
  }
}

// Whom to approve, to stop and to let go on, while a policy says what may be owed.
void Model::ListCredit(const Cut& cut, std::vector<WorkRow>& rows) const {
  const Fact* policy = InForce("CreditPolicySet", cut);
  if (policy == nullptr) return;
  const std::map<Key, CreditRow> credit = Credit(cut);
  const auto is_late = [&](const Key& key) {
    return credit.at(key).overdue > (key.second == policy->currency ? policy->overdue_amount : 0);
  };
  const auto owes_too_much = [&](const Key& key) { return credit.at(key).exposure > credit.at(key).limit; };
  const auto is_stopped_rightly = [&](const std::string& customer) {
    return std::any_of(credit.begin(), credit.end(), [&](const auto& each) {
      return each.first.first == customer && (is_late(each.first) || owes_too_much(each.first));
    });
  };
  std::set<std::string> not_to_be_stopped;
  for (const Fact* contact : Contacts(cut)) {
    if (contact->outcome == "no_hold" && cut.effective < contact->date.AddDays(30)) {
      not_to_be_stopped.insert(contact->customer);
    }
  }
  for (const auto& [key, standing] : credit) {
    const std::string& customer = key.first;
    const bool of_ledger = key.second == currency_;
    WorkRow row = RowOf("approve", *Find("CustomerOpened", customer), Find("CustomerOpened", customer)->date, cut);
    row.document.clear();
    row.currency = key.second;
    row.amount = standing.limit;
    if (!IsApproved(customer, cut) && (standing.limit > 0 || of_ledger)) rows.push_back(row);
    const std::optional<Date> held = HeldSince(customer, cut);
    const bool may_be_stopped = !held.has_value() && !HasOpenEscalation(customer, cut) && IsApproved(customer, cut) &&
                                !not_to_be_stopped.contains(customer);
    if (may_be_stopped && (is_late(key) || owes_too_much(key))) {
      row.kind = "hold";
      row.amount = is_late(key) ? standing.overdue : standing.exposure - standing.limit;
      const int days = is_late(key) ? OldestLate(key, cut) - policy->overdue_days - 1 : 0;
      row.days = days;
      row.since = cut.effective.AddDays(-days);
      row.weight = Weight(static_cast<int>(standing.oldest));
      rows.push_back(row);
    }
    if (!held.has_value() || is_stopped_rightly(customer) || (standing.exposure == 0 && !of_ledger)) continue;
    row.kind = "release";
    row.amount = standing.exposure;
    row.since = *held;
    row.days = cut.effective - *held;
    rows.push_back(row);
  }
}

}  // namespace duebook::model
