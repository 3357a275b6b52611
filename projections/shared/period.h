// Months, quarters and years as people say them.

#pragma once

#include <string_view>

#include "ledger/values/date.h"
#include "ledger/values/result.h"

namespace duebook {

struct Period {
  Date first, last;
  friend bool operator==(const Period&, const Period&) = default;
};

// Returns the days of "2025", "2025-Q4", "2025-12" or "2025-12-31". kInvalidArgument: the text is none of these.
Result<Period> ReadPeriod(std::string_view text);

// Returns the day of YYYY-MM-DD, the last day of a period, or one that is told from `today`: "today", "yesterday", and
// "month-end", "quarter-end" and "year-end", the last day of the last month, quarter or year that is over.
// kInvalidArgument: the text is none of these.
Result<Date> ReadDayFrom(Date today, std::string_view text);

}  // namespace duebook
