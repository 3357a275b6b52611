// How small a difference may be closed: the arithmetic of tolerance policies, on plain values. The ledger enforces by
// it, and suggestions of how to apply cash are made by it.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// What holds in one currency from a day on.
struct TolerancePolicy {
  uint64_t seq = 0;  // of the event that set it
  Date date;
  Currency currency;
  Minor amount = 0;                // the largest difference
  std::optional<int64_t> percent;  // likewise, of what was invoiced and debited: in parts of a million
  std::optional<Minor> per_month;  // the most that one person may close in a calendar month
};

// The policy that an event of type TolerancePolicySet sets. Requires that its percentage is one (percentage.h).
TolerancePolicy TolerancePolicyOf(EventView event);

// Returns what holds in a currency on a day: of the policies of that currency dated on or before it the last one; of
// one day, the last one recorded. Null if there is none. Policies of other currencies neither bind nor replace it.
const TolerancePolicy* ToleranceOn(const std::vector<TolerancePolicy>& policies, Currency currency, Date date);

// Returns whether a difference is small enough beside what was invoiced and debited; one of exactly the limit is.
bool IsWithinPercent(const TolerancePolicy& policy, Sum difference, Sum invoiced);
// Returns whether the rest of an invoice may be closed as far as the policy can tell of it alone.
bool IsWithin(const TolerancePolicy& policy, Sum difference, Sum invoiced);

}  // namespace duebook
