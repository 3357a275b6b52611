// What is left of items that are not used up, on every day from one on: what can still be taken off without leaving
// less than nothing on any day.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/history/movements_of_items.h"

namespace duebook {

class OpenTimelines {
 public:
  // Those of which something is left at the cut, as the cut sees them. Cost: three passes over the movements.
  OpenTimelines(const History& history, const Cut& cut);

  // Their items, ascending. What follows names each by its place among them.
  const std::vector<uint32_t>& items() const { return movements_.items(); }
  // The least that is left on a day and all later ones, above zero.
  struct Left {
    Date since;
    Sum least = 0;
  };
  // Returns that of the first day, of `day` and all later ones, that has some; nothing if there is none.
  std::optional<Left> LeftFrom(size_t place, Date day) const;
  // Returns what is left on the day alone.
  Sum At(size_t place, Date day) const;
  // Returns what debit notes add to it by a day.
  Sum DebitedBy(size_t place, Date day) const;

  // Takes so much off, on a day and all later ones. Requires that as much is left then.
  void Take(size_t place, Date day, Sum amount);

 private:
  // What is left from a day on until the next step.
  struct Step {
    Date date;
    Sum left = 0;
  };

  std::span<const Step> StepsOf(size_t place) const;

  const MovementsOfItems movements_;
  std::vector<size_t> begin_;  // by place: the first step; and the end of all
  std::vector<Step> steps_;
  // The steps of those of which something was taken, in the place of what was there before.
  std::unordered_map<size_t, std::vector<Step>> taken_;
};

}  // namespace duebook
