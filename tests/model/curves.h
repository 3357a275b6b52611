// Curves of the aging against the figures of the model at one of their cuts.

#pragma once

#include <map>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "tests/model/compare.h"
#include "tests/model/rows.h"

namespace duebook::model {

// Compares the step at `cut` of curves that lead through it, one through days and one through what was known: of each
// currency, of all customers and of some. `expected` are the rows of the aging at the cut.
Problem CompareCurves(const History& history, const Cut& cut, const AgingOptions& options,
                      const std::map<Key, AgingRow>& expected);

}  // namespace duebook::model
