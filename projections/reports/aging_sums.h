// The figures of an aging, group by group: each open part in its bucket, what is unapplied, disputed, and the balance.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/history/open_parts.h"
#include "projections/shared/grouping.h"

namespace duebook {

// Where the figures stand in a group's sums, and what they are called: the buckets first, then these. Each group's
// buckets and `unapplied` add up to its `balance`.
class AgingFigures {
 public:
  explicit AgingFigures(const AgingBuckets& buckets);

  size_t unapplied() const { return names_.size() - 3; }  // negative
  size_t disputed() const { return names_.size() - 2; }
  size_t balance() const { return names_.size() - 1; }
  size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  // Returns the columns of a report that has them.
  std::vector<Column> Columns() const;

 private:
  std::vector<std::string> names_;
};

// Returns the sums of every group of which the cut sees a document, by the grouping's numbers. Ages are counted up to
// `cut.effective`. Items are shared out among threads, in so many parts; 0: one for each core, if there are many.
std::vector<GroupSums> AgingSums(const History& history, const Cut& cut, AgingBasis basis, const AgingBuckets& buckets,
                                 Grouping& grouping, size_t parts = 0);

}  // namespace duebook
