// What the company says of itself, as it was known.

#pragma once

#include <optional>

#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/shared/letter.h"

namespace duebook {

// Returns what the company said of itself last, by the cut's day: of the CompanyDescribed that it sees, the one with
// the latest date, and of these the last that was recorded. Where there is none, only the ledger's name for it is
// known. Cost: reads the events of that type, which are few.
Result<Company> CompanyAt(const EventLog& log, const Cut& cut);

// Returns the first day behind `day` from which on the company says something else of itself, by all that is recorded;
// nothing if there is none.
Result<std::optional<Date>> NextDescription(const EventLog& log, Date day);

}  // namespace duebook
