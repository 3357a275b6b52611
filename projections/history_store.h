// The persisted columns of History: files beside the event log, from which a history of millions of events is loaded
// in a fraction of a second. They are a cache: made from the log, checked against it, and made again whenever they do
// not fit; nothing is lost if they are deleted.
//
// Full segments of kEventsPerSegment events are persisted; the events after them are folded from the log. Any process
// that loads the history, and the writer after an import, persists the segments that are missing. Safe between
// processes: a segment appears whole or not at all, and one process at a time writes them; the others go on without.
// A folder that cannot be written to, or a full disk, costs time, never an error.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "ledger/event_log.h"
#include "ledger/result.h"

namespace duebook {

inline constexpr uint64_t kEventsPerSegment = 65'536;

// Called now and then with events done and events in all.
using HistoryProgress = std::function<void(uint64_t, uint64_t)>;

// Persists the full segments that are missing. Cheap if there are none. The writer calls it at the end of an import,
// so that the next report need not fold what was imported.
Status ExtendHistory(const EventLog& log, const HistoryProgress& progress = nullptr);

// Deletes all segments and makes them anew. kUnavailable if they cannot be deleted.
Status RebuildHistory(const EventLog& log, const HistoryProgress& progress = nullptr);

// Folds the log anew and compares it with the persisted segments, byte by byte. The first segment that differs, or
// nothing. Segments that are missing are no fault.
Result<std::optional<EventLog::Fault>> VerifyHistory(const EventLog& log, const HistoryProgress& progress = nullptr);

}  // namespace duebook
