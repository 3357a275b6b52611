// What is to be done about customers on a day: the entries of the work list (RULES.md, section 7). Each is there while
// some fact asks for it, and gone by the event that answers it.

#pragma once

#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/history/visible_facts.h"
#include "projections/reports/contact_book.h"
#include "projections/reports/credit_book.h"
#include "projections/reports/open_escalations.h"
#include "projections/reports/promise_book.h"
#include "projections/reports/reminder_items.h"
#include "projections/reports/reminder_policies.h"

namespace duebook {

// What entries ask for.
inline constexpr std::string_view kReminderWork = "reminder", kPromiseDueWork = "promise_due",
                                  kPromiseBrokenWork = "promise_broken", kFollowUpWork = "follow_up",
                                  kEscalationWork = "escalation", kDisputeWork = "dispute",
                                  kCreditNoteWork = "credit_note", kApplyWork = "apply", kHoldWork = "hold",
                                  kReleaseWork = "release", kApproveWork = "approve", kBillWork = "bill";

// Of invoices by due date and number, or of a promise, dispute or payment.
using DocumentNumbers = absl::InlinedVector<std::string_view, 1>;

// Views what the history and the policies say, and no longer than these: there may be many entries.
struct WorkEntry {
  uint32_t customer;
  Currency currency;
  std::string_view kind;
  std::optional<int> level = {};  // of a reminder
  DocumentNumbers documents = {};
  Sum amount = 0;
  Date since;
  int64_t days = 0;  // from `since` to the cut's day; of a reminder the greatest age
  Sum risk = 0;
  std::string_view channel = {};  // of a reminder
};

// All that entries are made of, at one cut.
class Collecting {
 public:
  // Parts of the history that it needs.
  static constexpr std::initializer_list<HistoryPart> kParts{HistoryPart::kFacts, HistoryPart::kPromises,
                                                             HistoryPart::kNumbers, HistoryPart::kCounterparts,
                                                             HistoryPart::kDisputes};

  // The history has the parts above, and must outlive it. `policies` are of the same cut.
  Collecting(const History& history, const Cut& cut, ReminderPolicies policies);
  Collecting(const Collecting&) = delete;
  Collecting& operator=(const Collecting&) = delete;

  const History& history;
  const Cut cut;
  const ItemBalances balances;
  const VisibleFacts facts;
  const ReminderPolicies policies;
  const OpenEscalations escalations;
  const std::vector<JudgedPromise> promises;
  const ContactBook contacts;
  const ReminderItems items;
};

// Returns the entries, in no order. A promise is there so many days before it is due. `credit` is of the same cut.
std::vector<WorkEntry> WorkEntries(const Collecting& collecting, const CreditBook& credit, Currency ledger_currency,
                                   int days_ahead);

}  // namespace duebook
