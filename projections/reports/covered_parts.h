// What post-dated paper covers: a cheque of a later day is a promise with its instrument, and the invoice stays open.

#pragma once

#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/history/open_parts.h"

namespace duebook {

// Returns of each of these open parts of invoices, all that the cut sees of these invoices, how much of it is to come
// by pending promises with an instrument that name the invoice. A promise is for the parts that are due first, of one
// day by number, and of two promises the one that is due first comes first. The history has the parts kPromises,
// kCounterparts and kNumbers. Cost: that of judging all promises, if one has an instrument.
std::vector<Sum> CoveredParts(const History& history, const Cut& cut, const std::vector<OpenPart>& parts);

}  // namespace duebook
