// What people are told of events whose times are not when they were recorded: a clock had run ahead, and times never go
// backwards (ledger/event/clock_spans.h).

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

// A sentence for each span of events that a clock was behind, and one if the newest events carry times that lie more
// than a minute after this machine's clock. Reads the log behind the folds of its index.
Result<std::vector<std::string>> ClockRemarks(const EventLog& log);

// The last event recorded at or before `time`. Tells on standard error, once, which events this leaves out though they
// may have been recorded by then. `option` is how the time was given: "--known 2026-01-20".
Result<uint64_t> SeqAtTime(const EventLog& log, Time time, std::string_view option);

}  // namespace duebook
