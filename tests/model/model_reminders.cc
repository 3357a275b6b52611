// Reminders in the reference model: which invoices are to be reminded of, at which level.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

namespace {

bool Names(const std::vector<std::string>& list, const std::string& number) {
  return std::find(list.begin(), list.end(), number) != list.end();
}

const std::vector<ReminderStep> kBuiltIn{{1, -5, "email", 0}, {2, 0, "email", 0},  {3, 3, "email", 0},
                                         {4, 10, "email", 0}, {5, 20, "email", 0}, {6, 30, "email", 0},
                                         {7, 60, "email", 0}};

}  // namespace

// A customer's own policy governs before the general one; a stop that has passed governs no more.
Fact Model::ReminderPolicyOf(const std::string& customer, const Cut& cut) const {
  const Fact* policy = nullptr;
  const Fact* last = nullptr;  // of the customer, a stop or a policy
  const auto place = [](const Fact& each) { return std::tuple(!each.customer.empty(), each.date, each.seq); };
  for (const Fact* fact : Visible(cut)) {
    const bool own = fact->customer == customer;
    if (fact->type != "ReminderPolicySet" || (!own && !fact->customer.empty())) continue;
    if (!fact->customer.empty() && (last == nullptr || place(*fact) > place(*last))) last = fact;
    if (!fact->until.has_value() && (policy == nullptr || place(*fact) > place(*policy))) policy = fact;
  }
  Fact found = policy == nullptr ? Fact() : *policy;
  if (last != nullptr && last->until.has_value() && *last->until >= cut.effective) found.until = last->until;
  if (found.steps.empty()) found.steps = kBuiltIn;
  return found;
}

// What pending promises still lack, in the order in which they take from what is due.
std::vector<std::pair<const Fact*, Wide>> Model::PendingPromises(const Cut& cut) const {
  std::vector<std::pair<const Fact*, Wide>> pending;
  for (const auto& [number, row] : Promises(cut, 0)) {
    const Fact* made = Find("PromiseMade", number);
    if (row.state == "pending") pending.emplace_back(made, made->amount - row.received);
  }
  std::sort(pending.begin(), pending.end(), [](const auto& a, const auto& b) {
    return std::pair(*a.first->due, a.first->seq) < std::pair(*b.first->due, b.first->seq);
  });
  return pending;
}

bool Model::IsEscalated(const Fact& invoice, const std::set<std::string>& steps, const Cut& cut) const {
  const std::vector<const Fact*> open = OpenEscalations(cut);
  return std::any_of(open.begin(), open.end(), [&](const Fact* escalation) {
    return escalation->customer == invoice.customer && steps.contains(escalation->step) &&
           (escalation->invoices.empty() || Names(escalation->invoices, invoice.number));
  });
}

std::vector<ReminderItem> Model::ReminderItems(const Cut& cut) const {
  std::vector<ReminderItem> items;
  for (const Fact* invoice : Visible(cut)) {
    if (invoice->type != "InvoiceIssued") continue;
    const std::vector<OpenItem> parts = OpenParts(*invoice, cut);
    if (parts.empty()) continue;
    ReminderItem item{invoice, parts.front().due};
    item.age = cut.effective - item.x;
    for (const OpenItem& part : parts) {
      item.open += part.open;
      if (part.due <= std::max(cut.effective, item.x)) item.amount += part.open;
    }
    item.policy = ReminderPolicyOf(invoice->customer, cut);
    if (item.policy.disputed != "include") item.amount -= std::min(item.amount, Disputed(*invoice, cut));
    items.push_back(item);
  }
  std::sort(items.begin(), items.end(), [](const ReminderItem& a, const ReminderItem& b) {
    return std::pair(a.x, a.invoice->number) < std::pair(b.x, b.invoice->number);
  });
  for (auto [promise, lacks] : PendingPromises(cut)) {
    for (ReminderItem& item : items) {
      if (!Names(promise->invoices, item.invoice->number)) continue;
      const Wide taken = std::min(lacks, item.amount);
      item.amount -= taken;
      lacks -= taken;
    }
  }
  for (ReminderItem& item : items) Remind(item, cut);
  DropCovered(items, cut);
  return items;
}

void Model::Remind(ReminderItem& item, const Cut& cut) const {
  for (const ReminderStep& step : item.policy.steps) {
    if (step.days <= item.age) item.step = step;
  }
  if (!item.step.has_value() || item.policy.until.has_value()) return;
  const bool binds = item.policy.currency == item.invoice->currency;
  const Wide least = binds ? item.policy.min_amount.value_or(0) : 0;
  item.reminded = item.amount > 0 && item.amount >= least && !IsEscalated(*item.invoice, {"agency", "legal"}, cut);
  for (const Fact* sent : Visible(cut)) {
    if (sent->type != "ReminderSent" || Undone(*sent, cut)) continue;
    for (size_t i = 0; i < sent->invoices.size(); i++) {
      if (sent->invoices[i] != item.invoice->number || sent->dues[i] != item.x) continue;
      if (sent->level >= item.step->level || cut.effective - sent->date < item.policy.gap) item.reminded = false;
    }
  }
}

// Nothing is to be reminded of where all of it is covered.
void Model::DropCovered(std::vector<ReminderItem>& items, const Cut& cut) const {
  std::map<Key, Wide> cover, asked;
  for (const auto& [key, row] : Balance(cut)) cover[key] += row.unapplied;
  for (const auto& [promise, lacks] : PendingPromises(cut)) {
    if (promise->invoices.empty()) cover[{promise->customer, promise->currency}] += lacks;
  }
  const auto key = [](const ReminderItem& item) { return Key{item.invoice->customer, item.invoice->currency}; };
  for (const ReminderItem& item : items) asked[key(item)] += item.reminded ? item.amount : 0;
  for (ReminderItem& item : items) item.reminded = item.reminded && cover[key(item)] < asked[key(item)];
}

}  // namespace duebook::model
