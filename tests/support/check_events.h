// Asks one check of a log's events, also of a log whose tree says that they were changed.

#pragma once

#include <fmt/core.h>

#include <optional>

#include "ledger/loading/books_check.h"
#include "ledger/log/event_check.h"

namespace duebook {

// What the check finds, or the first event whose bytes are not those of an event.
inline Result<std::optional<EventLog::Fault>> CheckEvents(const EventLog& log, EventCheck* check) {
  std::optional<EventLog::Fault> fault;
  uint64_t seq = 0;
  RETURN_IF_ERROR(log.Scan(1, log.last_seq(), [&](EventView event) {
    seq++;
    if (VerifyEvent(event.bytes())) return check->Check({&event, 1});
    fault = EventLog::Fault{seq, "", fmt::format("event {}: its bytes are not those of an event", seq)};
    return false;
  }));
  return fault.has_value() ? fault : check->Finish();
}

// What the books find: the first event that does not follow from those before it.
inline Result<std::optional<EventLog::Fault>> CheckBooks(const EventLog& log) {
  BooksCheck check;
  return CheckEvents(log, &check);
}

}  // namespace duebook
