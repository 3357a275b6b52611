#include "projections/history/visible_facts.h"

namespace duebook {

VisibleFacts::VisibleFacts(const History& history, const Cut& cut)
    : history_(history), day_(cut.effective), rows_(static_cast<uint32_t>(RowsKnown(history.facts.seq, cut.known))) {
  const History::FactReversals& reversals = history.fact_reversals;
  const size_t known = RowsKnown(reversals.seq, cut.known);
  for (size_t i = 0; i < known; ++i) {
    if (reversals.date[i] > cut.effective) continue;
    if (reversals.fact[i] >= reversed_.size()) reversed_.resize(reversals.fact[i] + 1);
    reversed_[reversals.fact[i]] = true;
  }
}

}  // namespace duebook
