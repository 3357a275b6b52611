// Merges the folds of a kind into larger ones, so that a question that has to be put to each of them is put to few.
//
// Where folds make up one that is as long as FoldSizes says and begins at a multiple of that length, it is written in
// their place: first of FoldSizes::most, then of each of FoldSizes::merged. So there are at most as many of one length
// as make up the next one, and of the largest one for each 16 million events. No event is read for that, and the small
// ones are removed when the large one is synced. Whoever looks in between, or after a crash in between, takes the large
// one.

#pragma once

#include "ledger/log/derived/folds.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

// Merges what there is to merge, and removes what a larger fold holds. Does nothing to kinds that cannot be merged.
// Only who writes to the log may call this. What is damaged is told in a warning, and left as it is. kUnavailable.
Status MergeFolds(const EventLog& log, const FoldKind& kind, const FoldSizes& sizes);

}  // namespace duebook
