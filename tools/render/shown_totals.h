// Which totals people are shown.

#pragma once

#include <vector>

#include "projections/shared/report.h"

namespace duebook {

// The report's totals; none if they would say nothing: no figure is among their columns, or there is one row a currency
// and they repeat it.
std::vector<Row> ShownTotals(const Report& report);

}  // namespace duebook
