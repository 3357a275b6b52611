// What answers come from and is kept beside the log: the index, the history.

#pragma once

#include <memory>
#include <vector>

#include "ledger/log/derived/track.h"
#include "ledger/log/event_check.h"

namespace duebook {

// A track of each. For LedgerOptions::tracks and Folding::Rebuild. The log must outlive them.
Tracks MakeAllTracks(const EventLog& log, const FoldSizes& sizes);

// For each, a check of what is kept now against the log's events. Likewise.
std::vector<std::unique_ptr<EventCheck>> MakeTrackChecks(const EventLog& log);

}  // namespace duebook
