// What a scorecard looks at of one customer, at a cut.

#pragma once

#include <string>

#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/reports/score_card.h"

namespace duebook {

// Returns the values of the customer, in the ledger's currency: in a window, (the cut's day less so many months, the
// cut's day], and as they stand at the cut. kNotFound: there is no such customer. Cost: that of the customer's events.
Result<FactorValues> FactorsOf(const EventLog& log, const std::string& customer, const Cut& cut, int months);

}  // namespace duebook
