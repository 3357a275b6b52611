// What is asked of all events, one after the other, in one pass over the log: see EventLog::Verify.
//
// Not thread-safe: one thread at a time, which need not be always the same.

#pragma once

#include <optional>
#include <span>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

class EventCheck {
 public:
  virtual ~EventCheck() = default;
  // The next events, in order of seq from the first on, without gaps. Their bytes are well-formed (VerifyEvent) and
  // valid during the call only. False once something is found: then there are no further calls.
  virtual bool Check(std::span<const EventView> events) = 0;
  // After the last event: what was found, or nothing.
  virtual Result<std::optional<EventLog::Fault>> Finish() = 0;
};

}  // namespace duebook
