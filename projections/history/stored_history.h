// The columns of the history as they are kept beside the log (history_track.h), to be read.

#pragma once

#include <memory>
#include <span>

#include "ledger/log/derived/stored_columns.h"
#include "ledger/log/event_log.h"
#include "projections/history/growing_history.h"
#include "projections/history/history_tables.h"

namespace duebook {

// Format 2 has what is said of customers, format 3 of reminder policies only whom they govern, and until when they stop
// reminders.
inline constexpr ColumnKind kStoredHistory{"history", 3};

struct StoredHistory {
  std::shared_ptr<GrowingHistory> history;       // to go on with
  std::unique_ptr<const StoredColumns> columns;  // from which it is; null if there are none of use, and it is empty
};

// Loads the columns that are there, and checks those of these parts: whether they are as they were written, and what is
// in them can be; so no figure comes from damaged bytes, and no forged number leads out of a column. One process may
// write them meanwhile. kDamaged, kUnavailable.
Result<StoredHistory> LoadStoredHistory(const EventLog& log, std::span<const HistoryPart> parts);

}  // namespace duebook
