// The column `clock` of lists of events: what the clock said where it was behind the time that an event carries. It
// stands last, and only where some event of the list has such a reading, as nearly none has.

#pragma once

#include <optional>

#include "ledger/event/event.h"
#include "projections/shared/report.h"

namespace duebook {

inline Cell ClockCell(EventView event) {
  const std::optional<Time> clock = event.clock();
  return clock.has_value() ? Cell(*clock) : Cell();
}

// Requires rows that end with their ClockCell, and columns without it. Adds the column, or takes the cells away again.
void FinishClockColumn(Report* report);

}  // namespace duebook
