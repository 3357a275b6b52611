// Which totals people are shown.

#pragma once

#include <string>
#include <vector>

#include "projections/shared/report.h"

namespace duebook {

// The report's totals, each with the word for it, and with its currency where no column has that. None if they would
// say nothing: no figure is among their columns, or there is one row a currency and they repeat it.
std::vector<Row> ShownTotals(const Report& report);

// Returns the currency of a total if no column of the report says it; else "".
std::string CurrencyOfTotal(const Report& report, const Row& total);

}  // namespace duebook
