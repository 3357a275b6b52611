// How late a customer pays: the days between due and paid, weighted by what was paid.

#pragma once

#include <cstdint>
#include <optional>

#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "projections/history/history.h"

namespace duebook {

// Returns the days that cash in this currency was late which was applied behind `after` and up to the cut's day, in
// force at the cut: the sum of applied x days late over the sum applied, rounded half to even. What an application pays
// are the first parts of the invoice that are open then, by the schedule of that day; one paid early is not late at
// all. Nothing if nothing was applied. The history is of one customer, with all its columns. Cost: n log n in its
// movements.
std::optional<int64_t> DaysLate(const History& history, const Cut& cut, Date after, Currency currency);

}  // namespace duebook
