#include "projections/history/movements_of_items.h"

#include <algorithm>
#include <utility>

namespace duebook {

MovementsOfItems::MovementsOfItems(const History& history, const Cut& cut, std::vector<uint32_t> items)
    : items_(std::move(items)), begin_(items_.size() + 1) {
  std::vector<uint32_t> place_of(history.items.seq.size(), kNoItem);
  for (uint32_t place = 0; place < items_.size(); ++place) place_of[items_[place]] = place;
  const History::Movements& movements = history.movements;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  const auto for_each_row = [&](auto&& visit) {
    for (size_t row = 0; row < rows; ++row) {
      const uint32_t place = place_of[movements.item[row]];
      if (place != kNoItem && movements.date[row] <= cut.effective) visit(place, row);
    }
  };
  for_each_row([&](uint32_t place, size_t) { ++begin_[place + 1]; });
  for (size_t place = 0; place < items_.size(); ++place) begin_[place + 1] += begin_[place];
  movements_.resize(begin_.back());
  std::vector<size_t> next(begin_.begin(), begin_.end() - 1);
  for_each_row([&](uint32_t place, size_t row) {
    movements_[next[place]++] = {movements.amount[row], movements.date[row],
                                 movements.kind[row] == MovementKind::kDebited};
  });
  for (size_t place = 0; place < items_.size(); ++place) {
    std::stable_sort(movements_.begin() + static_cast<ptrdiff_t>(begin_[place]),
                     movements_.begin() + static_cast<ptrdiff_t>(begin_[place + 1]),
                     [](const ItemMovement& a, const ItemMovement& b) { return a.date < b.date; });
  }
}

}  // namespace duebook
