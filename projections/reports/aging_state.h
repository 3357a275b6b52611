// The aging in motion: what each item is worth in one state of the books, changed event by event. A cut's state has the
// figures of its aging.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/history/new_schedules.h"
#include "projections/history/open_parts.h"
#include "projections/reports/aging_sums.h"
#include "projections/reports/item_changes.h"
#include "projections/shared/grouping.h"

namespace duebook {

class AgingState {
 public:
  // Nothing has happened yet of what leads from one cut to a later one. The history must outlive it.
  AgingState(const History& history, AgingBasis basis, AgingBuckets buckets, const Cut& before, const Cut& after)
      : history_(&history),
        basis_(basis),
        buckets_(std::move(buckets)),
        figures_(buckets_),
        before_(before),
        after_(after),
        new_schedules_(history, basis == AgingBasis::kOriginal ? 0 : after.known) {
    items_.resize(history.items.seq.size());
  }

  // When a change happens on the way: what was learnt about the days up to the earlier date comes first, by seq, then
  // what happened since, by date and seq.
  using Place = std::pair<Date, uint64_t>;
  Place PlaceOf(Date date, uint64_t seq) const { return {std::max(date, before_.effective), seq}; }

  // Changes come in the order of their places, after all those that the earlier cut sees.

  void Apply(const ItemChange& change);
  size_t items() const { return items_.size(); }
  // Returns whether there is something of the item that ages.
  bool IsOpen(uint32_t item) const;
  // Adds to `sums`, which has figures(), `sign` times what the item contributes to the aging on this day.
  void AddFigures(uint32_t item, Date day, int sign, GroupSums& sums) const;
  const AgingFigures& figures() const { return figures_; }

 private:
  struct Item {
    Sum balance = 0, debited = 0, disputed = 0;
  };
  size_t BucketOf(const OpenPart& part, Date day) const;
  NewSchedules::InForce ScheduleOf(uint32_t item) const;

  const History* history_;
  AgingBasis basis_;
  AgingBuckets buckets_;
  AgingFigures figures_;
  Cut before_;
  Cut after_;
  Place reached_{Date::Min(), 0};
  NewSchedules new_schedules_;
  std::vector<Item> items_;
};

}  // namespace duebook
