// What customers are to be reminded of at a cut (RULES.md, section 7).
//
// Each open invoice is one item, by the first day since when something of it is due. Its level is the highest step that
// it has reached; lower ones are passed over. Money that came in for all that a customer is to be reminded of, and
// promises, stop reminders; so do those sent before, of the same day since when it is due, and agencies and courts.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/history/visible_facts.h"
#include "projections/reports/customer_accounts.h"
#include "projections/reports/open_escalations.h"
#include "projections/reports/promise_book.h"
#include "projections/reports/reminder_policies.h"

namespace duebook {

struct ReminderItem {
  uint32_t item;     // of the history
  uint32_t account;  // number of the customer's, in the item's currency
  Date due;          // since when something of it is due, or the first day on which something falls due
  int64_t age;       // days since then; below zero before
  Sum open;          // of the whole invoice
  Sum amount;        // that is reminded of: what is due by the day, less what is disputed or promised
  const ReminderStep* step = nullptr;  // the highest that it has reached; null if none
  bool is_to_be_reminded = false;
};

// One letter: what a customer is to be reminded of in one currency at one level.
struct Reminder {
  uint32_t account;
  const ReminderStep* step;
  std::vector<const ReminderItem*> items;  // by due date, then number
  Sum amount = 0;                          // of them all
  Date since;        // the first day on which one of them reached the level, not before the invoice's own
  int64_t days = 0;  // the greatest age
};

class ReminderItems {
 public:
  // All but `policies` and `history` may end before it does. `promises` are all at the cut. The history has the parts
  // kFacts and kPromises. Cost: passes over items, facts and promises.
  ReminderItems(const History& history, const Cut& cut, const ItemBalances& balances, const VisibleFacts& facts,
                const ReminderPolicies& policies, const std::vector<JudgedPromise>& promises,
                const OpenEscalations& escalations);

  // Every open invoice, in order of the history's items.
  const std::vector<ReminderItem>& items() const { return items_; }
  // The item of an invoice; null if nothing of it is open.
  const ReminderItem* Of(uint32_t invoice) const {
    return place_[invoice] == kNone ? nullptr : &items_[place_[invoice]];
  }
  // What each customer owes in each currency in which there are documents.
  const CustomerAccounts& accounts() const { return accounts_; }
  // The letters, in order of account and level. The history has the part kNumbers, too.
  std::vector<Reminder> Reminders() const;
  // The same of what no reminder was recorded of that is dated after the day of the cut, so that nothing is recorded as
  // sent twice. `cut` is the one that this was made at.
  std::vector<Reminder> RemindersToRecord(const Cut& cut) const;
  // Puts items into the order of their due dates, then numbers, in which documents name them.
  void SortByDue(std::vector<const ReminderItem*>& items) const;

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  void AddItems(const Cut& cut, const ItemBalances& balances, const ReminderPolicies& policies);
  void TakeOffPromised(const std::vector<JudgedPromise>& promises);
  void Choose(const Cut& cut, const VisibleFacts& facts, const ReminderPolicies& policies,
              const OpenEscalations& escalations);
  void LeaveOutCovered(const std::vector<JudgedPromise>& promises);
  // Visits each reminder of an item that is there, of the day since when it is due: visit(fact, item).
  template <class Visit>
  void ForEachSent(const VisibleFacts& facts, Visit&& visit) const;
  std::vector<Reminder> RemindersOf(std::vector<const ReminderItem*> chosen) const;

  const History& history_;
  std::vector<ReminderItem> items_;
  std::vector<uint32_t> place_;  // by item of the history
  CustomerAccounts accounts_;
};

}  // namespace duebook
