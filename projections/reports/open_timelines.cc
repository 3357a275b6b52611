#include "projections/reports/open_timelines.h"

#include <algorithm>

#include "projections/history/item_balances.h"

namespace duebook {

OpenTimelines::OpenTimelines(const History& history, const Cut& cut) {
  const ItemBalances balances(history, cut);
  std::vector<uint32_t> place_of(balances.size(), UINT32_MAX);
  for (uint32_t item = 0; item < balances.size(); ++item) {
    if (balances[item] <= 0) continue;
    place_of[item] = static_cast<uint32_t>(items_.size());
    items_.push_back(item);
  }
  const History::Movements& movements = history.movements;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  const auto for_each_row = [&](auto&& visit) {
    for (size_t row = 0; row < rows; ++row) {
      const uint32_t place = place_of[movements.item[row]];
      if (place != UINT32_MAX && movements.date[row] <= cut.effective) visit(place, row);
    }
  };
  begin_.assign(items_.size() + 1, 0);
  for_each_row([&](uint32_t place, size_t) { ++begin_[place + 1]; });
  for (size_t place = 0; place < items_.size(); ++place) begin_[place + 1] += begin_[place];
  steps_.resize(begin_.back());
  std::vector<size_t> next(begin_.begin(), begin_.end() - 1);
  for_each_row([&](uint32_t place, size_t row) {
    steps_[next[place]++] = {movements.date[row], movements.amount[row], 0};
    if (movements.kind[row] == MovementKind::kDebited) {
      debited_.push_back({place, movements.date[row], movements.amount[row]});
    }
  });
  std::stable_sort(debited_.begin(), debited_.end(),
                   [](const DebitNote& a, const DebitNote& b) { return a.place < b.place; });
  for (size_t place = 0; place < items_.size(); ++place) {
    const auto begin = steps_.begin() + static_cast<ptrdiff_t>(begin_[place]);
    const auto end = steps_.begin() + static_cast<ptrdiff_t>(begin_[place + 1]);
    std::stable_sort(begin, end, [](const Step& a, const Step& b) { return a.date < b.date; });
    Sum left = 0;
    for (auto step = begin; step != end; ++step) step->left = left += step->left;
    // Of several steps of one day the last one counts: the least of a day begins with it.
    for (auto step = end; step != begin;) {
      --step;
      const bool is_last = step + 1 == end;
      const bool is_of_same_day = !is_last && (step + 1)->date == step->date;
      if (is_of_same_day) step->left = (step + 1)->left;
      step->least = is_last ? step->left : std::min(step->left, (step + 1)->least);
    }
  }
  taken_.assign(items_.size(), 0);
}

const OpenTimelines::Step* OpenTimelines::StepOn(size_t place, Date day) const {
  for (size_t step = begin_[place + 1]; step > begin_[place]; --step) {
    if (steps_[step - 1].date <= day) return &steps_[step - 1];
  }
  return nullptr;
}

Sum OpenTimelines::LeastFrom(size_t place, Date day) const {
  const Step* step = StepOn(place, day);
  return step == nullptr ? Sum{0} : step->least - taken_[place];
}

Sum OpenTimelines::At(size_t place, Date day) const {
  const Step* step = StepOn(place, day);
  return step == nullptr ? Sum{0} : step->left - taken_[place];
}

Sum OpenTimelines::DebitedBy(size_t place, Date day) const {
  auto note = std::lower_bound(debited_.begin(), debited_.end(), place,
                               [](const DebitNote& each, size_t other) { return each.place < other; });
  Sum debited = 0;
  for (; note != debited_.end() && note->place == place; ++note) {
    if (note->date <= day) debited += note->amount;
  }
  return debited;
}

}  // namespace duebook
