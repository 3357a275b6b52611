#include "projections/reports/reminder_items.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "projections/history/open_parts.h"

namespace duebook {

ReminderItems::ReminderItems(const History& history, const Cut& cut, const ItemBalances& balances,
                             const VisibleFacts& facts, const ReminderPolicies& policies,
                             const std::vector<JudgedPromise>& promises, const OpenEscalations& escalations)
    : history_(history), place_(history.items.seq.size(), kNone), accounts_(history.customers.seq.size()) {
  AddItems(cut, balances, policies);
  TakeOffPromised(promises);
  Choose(cut, facts, policies, escalations);
  LeaveOutCovered(promises);
}

void ReminderItems::AddItems(const Cut& cut, const ItemBalances& balances, const ReminderPolicies& policies) {
  const History::Items& items = history_.items;
  const OpenParts open(history_, cut, balances);
  OpenParts::Walk walk(open, 0);
  for (uint32_t item = 0; item < open.items(); ++item) {
    const Sum left = balances[item];
    if (left == 0 && items.date[item] > cut.effective) continue;
    const uint32_t number = accounts_.Number(items.customer[item], items.currency[item]);
    if (left == 0) continue;
    CustomerAccount& account = accounts_[number];
    if (items.kind[item] != ItemKind::kInvoice) {
      account.unapplied += left;
      continue;
    }
    const ReminderPolicy& policy = policies.Of(account.customer);
    ReminderItem& added = items_.emplace_back(
        ReminderItem{.item = item, .account = number, .due = Date::Max(), .age = 0, .open = left, .amount = 0});
    walk.ForEachOf(item, left, [&](const OpenPart& part) {
      added.due = std::min(added.due, part.due);
      if (part.due > std::max(cut.effective, added.due)) return;
      added.amount += part.open - (policy.skips_disputed ? part.disputed : Sum{0});
    });
    added.age = cut.effective - added.due;
    added.step = policy.StepAt(added.age);
    account.open += left;
    account.oldest = std::max(account.oldest, added.age);
    place_[item] = static_cast<uint32_t>(items_.size() - 1);
  }
}

// What a promise still lacks is taken off the invoices that it names, first of those that were due first.
void ReminderItems::TakeOffPromised(const std::vector<JudgedPromise>& promises) {
  const auto any = [](const JudgedPromise&) { return true; };
  for (const JudgedPromise* promise : PendingByDue(promises, any)) {
    std::vector<const ReminderItem*> named;
    for (const uint32_t invoice : InvoicesNamedBy(history_, promise->row)) {
      const ReminderItem* item = Of(invoice);
      if (item != nullptr) named.push_back(item);
    }
    SortByDue(named);
    Sum lacking = promise->Lacking();
    for (const ReminderItem* item : named) {
      Sum& amount = items_[place_[item->item]].amount;
      const Sum taken = std::min(lacking, amount);
      amount -= taken;
      lacking -= taken;
    }
  }
}

template <class Visit>
void ReminderItems::ForEachSent(const VisibleFacts& facts, Visit&& visit) const {
  facts.ForEach({EventType::ReminderSent}, [&](uint32_t fact) {
    facts.ForEachPart(fact, [&](size_t part) {
      const uint32_t invoice = history_.fact_parts.item[part];
      if (invoice == kNoItem || place_[invoice] == kNone) return;
      if (items_[place_[invoice]].due == history_.fact_parts.day[part]) visit(fact, place_[invoice]);
    });
  });
}

void ReminderItems::Choose(const Cut& cut, const VisibleFacts& facts, const ReminderPolicies& policies,
                           const OpenEscalations& escalations) {
  struct Sent {
    int level = 0;
    Date last = Date::Min();
  };
  std::vector<Sent> sent(items_.size());  // of each item, for the day since when it is due
  ForEachSent(facts, [&](uint32_t fact, uint32_t item) {
    sent[item].level = std::max(sent[item].level, static_cast<int>(history_.facts.number[fact]));
    sent[item].last = std::max(sent[item].last, history_.facts.date[fact]);
  });
  for (size_t i = 0; i < items_.size(); ++i) {
    ReminderItem& item = items_[i];
    const CustomerAccount& account = accounts_[item.account];
    const ReminderPolicy& policy = policies.Of(account.customer);
    const Minor least = account.currency == policy.currency ? policy.min_amount : 0;
    item.is_to_be_reminded = item.step != nullptr && item.amount > 0 && item.amount >= least && !policy.is_stop &&
                             sent[i].level < item.step->level && cut.effective - sent[i].last >= policy.gap &&
                             !escalations.IsOutside(item.item);
  }
}

// If money that came in, and promises that name no invoice, cover all that a customer is to be reminded of, they cover
// each of it; if they do not, nobody knows what they cover.
void ReminderItems::LeaveOutCovered(const std::vector<JudgedPromise>& promises) {
  std::vector<Sum> to_remind(accounts_.size()), covering(accounts_.size());
  for (const ReminderItem& item : items_) {
    if (item.is_to_be_reminded) to_remind[item.account] += item.amount;
  }
  for (uint32_t i = 0; i < accounts_.size(); ++i) covering[i] = accounts_[i].unapplied;
  const auto names_none = [&](const JudgedPromise& promise) { return InvoicesNamedBy(history_, promise.row).empty(); };
  for (const JudgedPromise* promise : PendingByDue(promises, names_none)) {
    const uint32_t account =
        accounts_.Find(history_.promises.customer[promise->row], history_.promises.currency[promise->row]);
    if (account != CustomerAccounts::kNone) covering[account] += promise->Lacking();
  }
  for (ReminderItem& item : items_) {
    if (covering[item.account] >= to_remind[item.account]) item.is_to_be_reminded = false;
  }
}

void ReminderItems::SortByDue(std::vector<const ReminderItem*>& items) const {
  std::sort(items.begin(), items.end(), [&](const ReminderItem* a, const ReminderItem* b) {
    if (a->due != b->due) return a->due < b->due;
    return history_.items.number[a->item] < history_.items.number[b->item];
  });
}

std::vector<Reminder> ReminderItems::Reminders() const {
  std::vector<const ReminderItem*> chosen;
  for (const ReminderItem& item : items_) {
    if (item.is_to_be_reminded) chosen.push_back(&item);
  }
  return RemindersOf(std::move(chosen));
}

std::vector<Reminder> ReminderItems::RemindersToRecord(const Cut& cut) const {
  std::vector<bool> is_sent_later(items_.size());
  ForEachSent(VisibleFacts(history_, {Date::Max(), cut.known}), [&](uint32_t fact, uint32_t item) {
    if (history_.facts.date[fact] > cut.effective) is_sent_later[item] = true;
  });
  std::vector<const ReminderItem*> chosen;
  for (size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].is_to_be_reminded && !is_sent_later[i]) chosen.push_back(&items_[i]);
  }
  return RemindersOf(std::move(chosen));
}

std::vector<Reminder> ReminderItems::RemindersOf(std::vector<const ReminderItem*> chosen) const {
  std::sort(chosen.begin(), chosen.end(), [](const ReminderItem* a, const ReminderItem* b) {
    return std::tuple(a->account, a->step->level, a->item) < std::tuple(b->account, b->step->level, b->item);
  });
  std::vector<Reminder> reminders;
  for (const ReminderItem* item : chosen) {
    const Date since = std::max(item->due.AddDays(item->step->days), history_.items.date[item->item]);
    if (reminders.empty() || reminders.back().account != item->account || reminders.back().step != item->step) {
      reminders.push_back(
          {.account = item->account, .step = item->step, .items = {}, .since = since, .days = item->age});
    }
    Reminder& reminder = reminders.back();
    reminder.items.push_back(item);
    reminder.amount += item->amount;
    reminder.since = std::min(reminder.since, since);
    reminder.days = std::max(reminder.days, item->age);
  }
  for (Reminder& reminder : reminders) SortByDue(reminder.items);
  return reminders;
}

}  // namespace duebook
