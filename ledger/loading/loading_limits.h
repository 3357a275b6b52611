// When a ledger that was opened loads all of its books, instead of asking the index one question after the other
// (books_from_log.h).

#pragma once

#include <cstdint>
#include <functional>

namespace duebook {

// All books are loaded once questions have cost more than both limits, counted in events that could have been folded in
// that time. Tests set small limits, so that few events are enough.
struct LoadingLimits {
  uint64_t least = 8192;
  uint64_t part = 2;  // of the events in the log, one of so many
  // Called by the thread that loads with the seq of each event that is next, and with 0 when it is done: tests hold it
  // up by this.
  std::function<void(uint64_t)> on_next = {};
};

}  // namespace duebook
