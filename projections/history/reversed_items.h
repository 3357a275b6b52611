// Which payments and credit notes were taken back.

#pragma once

#include <cstdint>
#include <unordered_map>

#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "projections/history/history.h"

namespace duebook {

// Returns the items that the cut sees taken back, with the days from which on they are. Cost: a pass over movements.
std::unordered_map<uint32_t, Date> ReversedItems(const History& history, const Cut& cut);

}  // namespace duebook
