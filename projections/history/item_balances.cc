#include "projections/history/item_balances.h"

#include <algorithm>

namespace duebook {

std::vector<Sum> ItemBalances(const History& history, const Cut& cut) {
  const History::Movements& movements = history.movements;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  std::vector<Sum> balances(history.items.seq.size());
  for (size_t i = 0; i < rows; ++i) {
    if (movements.date[i] <= cut.effective) balances[movements.item[i]] += movements.amount[i];
  }
  return balances;
}

std::vector<Sum> DisputedAmounts(const History& history, const Cut& cut, const std::vector<Sum>& balances) {
  const History::Disputes& disputes = history.disputes;
  const size_t rows = RowsKnown(disputes.seq, cut.known);
  if (rows == 0) return {};
  std::vector<bool> resolved(rows);
  for (size_t i = 0; i < RowsKnown(history.resolutions.seq, cut.known); ++i) {
    if (history.resolutions.date[i] <= cut.effective) resolved[history.resolutions.dispute[i]] = true;
  }
  std::vector<Sum> disputed(balances.size());
  for (size_t i = 0; i < rows; ++i) {
    if (resolved[i] || disputes.date[i] > cut.effective) continue;
    Sum& sum = disputed[disputes.item[i]];
    sum = std::min(balances[disputes.item[i]], sum + disputes.amount[i]);
  }
  return disputed;
}

}  // namespace duebook
