#include "projections/history/fact_spans.h"

namespace duebook {

FactSpans::FactSpans(const History& history, const Cut& cut) : history_(history) {
  const History::FactReversals& reversals = history.fact_reversals;
  const size_t known = RowsKnown(reversals.seq, cut.known);
  for (size_t row = 0; row < known; ++row) {
    if (reversals.date[row] <= cut.effective) reversed_.emplace(reversals.fact[row], reversals.date[row]);
  }
}

Date FactSpans::Until(uint32_t fact) const {
  const auto reversal = reversed_.find(fact);
  return reversal == reversed_.end() ? Date::Max() : reversal->second;
}

SpannedAmount FactSpans::Of(uint32_t fact) const {
  return {history_.facts.date[fact], Until(fact), history_.facts.amount[fact]};
}

}  // namespace duebook
