// The columns of the history as they are kept beside the log (history_track.h), to be read.

#pragma once

#include <memory>
#include <span>

#include "ledger/log/derived/stored_columns.h"
#include "ledger/log/event_log.h"
#include "projections/history/growing_history.h"
#include "projections/history/history_tables.h"

namespace duebook {

inline constexpr ColumnKind kStoredHistory{"history", 1};

// Those that are there. Null if there are none of use; warns if there should be. kDamaged, kUnavailable.
Result<std::unique_ptr<const StoredColumns>> OpenStoredHistory(const EventLog& log);

// Puts them into an empty history, and checks the columns of these parts: whether they are as they were written, and
// what is in them can be; so no figure comes from damaged bytes, and no forged number leads out of a column. kDamaged:
// it is of no use then.
Status TakeStoredHistory(const StoredColumns& stored, std::span<const HistoryPart> parts, GrowingHistory* history);

}  // namespace duebook
