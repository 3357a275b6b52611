// How much of an invoice is late, on each day by the schedule that is in force then.

#pragma once

#include <absl/container/inlined_vector.h>

#include "ledger/events/event_kind.h"

namespace duebook {

// Returns the day on which all of an invoice falls due; nothing if it falls due in parts, or ever fell due otherwise.
std::optional<Date> OnlyDue(Books& books, const Books::Found& invoice);

// Adds every day on which something of the invoice may become late by more than so many days, or late no more, without
// the sum that is open being another. A debit note that is paid on its own day leaves that sum as it was, though the
// note adds to one part and the payment takes from another.
void AddLateDays(Books& books, const Books::Found& invoice, int32_t days, absl::InlinedVector<Date, 16>* late_days);

// Returns how much of what is open of the invoice on a day is late by more than so many days.
Sum OpenAndLate(Books& books, const Books::Found& invoice, Date date, int32_t days);

}  // namespace duebook
