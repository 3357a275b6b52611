// Aging curves: the figures of the aging of one currency at many cuts at once, in one pass over what happened. So the
// figures of every day of some years cost little more than those of one.
//
// Nearly all figures add up movement by movement: what a movement of an invoice adds to one bucket it takes off the
// next younger one, on the day on which the invoice comes of that age. What does not, such as what is disputed, is
// worked out invoice by invoice (curve_apart.h).

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/money.h"
#include "projections/history/history.h"
#include "projections/history/open_parts.h"
#include "projections/reports/aging_sums.h"
#include "projections/reports/curve_cuts.h"

namespace duebook {

// Of what a curve is drawn.
struct CurveScope {
  Currency currency;
  AgingBasis basis = AgingBasis::kDue;
  AgingBuckets buckets;
  std::optional<std::vector<uint32_t>> customers = {};  // rows of the history's; nothing: all
};

class AgingCurve {
 public:
  // All figures are 0.
  AgingCurve(AgingFigures figures, size_t steps)
      : figures_(std::move(figures)), steps_(steps), values_(figures_.size() * steps) {}

  const AgingFigures& figures() const { return figures_; }
  size_t steps() const { return steps_; }
  // One of the figures, step by step, in minor units.
  std::span<const Sum> operator[](size_t figure) const { return {values_.data() + figure * steps_, steps_}; }
  std::span<Sum> operator[](size_t figure) { return {values_.data() + figure * steps_, steps_}; }

 private:
  AgingFigures figures_;
  size_t steps_;
  std::vector<Sum> values_;  // by figure, then by step
};

// Returns the curve whose figures at each step are those that AgingSums has of the currency at its cut; of a currency
// without documents they are 0. The history has HistoryPart::kFacts, and any number of threads read it.
//
// Cost: a pass over the items and one over the movements that are known at the last cut, in the calling thread, and
// little for each step. An invoice with instalments, a new schedule or a dispute costs as much as some dozens of
// others. Memory: four bytes an item, and of days up to four a movement, or eight if amounts take 64 bits.
AgingCurve MakeAgingCurve(const History& history, const CurveCuts& cuts, const CurveScope& scope);

}  // namespace duebook
