// Whether columns that were read from folds can be those of a history. The checksums of a fold tell of accidents, not
// of somebody who made them anew; what is found here can neither lead out of a column nor from a row to a later one.

#pragma once

#include <cstddef>
#include <cstdint>

#include "projections/history/history.h"

namespace duebook {

// Where the rows of one fold are, in each table: from the row of `first` to the one before that of `last`.
struct HistoryRows {
  struct Ends {
    size_t customers = 0, items = 0, assignments = 0, instalments = 0, movements = 0, disputes = 0, resolutions = 0;
  } first, last;
};

// Where each table of the history ends.
HistoryRows::Ends EndsOf(const History& history);

// Whether the columns of each table have the same number of rows, and texts lie within their heaps.
bool AreEven(const History& history);

// Requires AreEven. Whether these rows follow from the events `first_seq` to `last_seq`: they are in order, refer to
// rows of events no later than their own, and have amounts, dates and kinds that there are. Takes one pass.
bool CanFollow(const History& history, const HistoryRows& rows, uint64_t first_seq, uint64_t last_seq);

}  // namespace duebook
