// The periods that were closed.

#pragma once

#include <cstdint>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/date.h"
#include "ledger/values/result.h"

namespace duebook {

// A period that was closed, and whether and by which event it was reopened.
struct Closing {
  uint64_t seq = 0;
  Date through;
  uint64_t reopened_by = 0;  // 0: it is in force

  // Whatever its date: a closing holds from the event on that records it.
  bool IsInForceAt(uint64_t known) const { return seq <= known && (reopened_by == 0 || reopened_by > known); }
};

// Returns them in order of seq. A reopening lifts the closing that it names and all later ones.
Result<std::vector<Closing>> ClosingsOf(const EventLog& log);

}  // namespace duebook
