#include "projections/history/reversed_items.h"

namespace duebook {

std::unordered_map<uint32_t, Date> ReversedItems(const History& history, const Cut& cut) {
  const History::Movements& movements = history.movements;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  std::unordered_map<uint32_t, Date> reversed;
  for (size_t row = 0; row < rows; ++row) {
    if (movements.kind[row] != MovementKind::kReversed || movements.date[row] > cut.effective) continue;
    reversed.emplace(movements.item[row], movements.date[row]);
  }
  return reversed;
}

}  // namespace duebook
