#include "projections/reports/open_timelines.h"

#include <algorithm>

#include "ledger/values/check.h"
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
    steps_[next[place]++] = {movements.date[row], movements.amount[row]};
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
    // Of several steps of one day the last one counts.
    for (auto step = end; step != begin;) {
      --step;
      if (step + 1 != end && (step + 1)->date == step->date) step->left = (step + 1)->left;
    }
  }
}

std::span<const OpenTimelines::Step> OpenTimelines::StepsOf(size_t place) const {
  if (const auto taken = taken_.find(place); taken != taken_.end()) return taken->second;
  return {steps_.data() + begin_[place], begin_[place + 1] - begin_[place]};
}

std::optional<OpenTimelines::Left> OpenTimelines::LeftFrom(size_t place, Date day) const {
  const std::span<const Step> steps = StepsOf(place);
  std::optional<Left> left;
  for (auto step = steps.rbegin(); step != steps.rend() && step->left > 0; ++step) {
    const Sum least = left.has_value() ? std::min(step->left, left->least) : step->left;
    left = Left{std::max(step->date, day), least};
    if (step->date <= day) break;
  }
  return left;
}

Sum OpenTimelines::At(size_t place, Date day) const {
  const std::span<const Step> steps = StepsOf(place);
  const auto step = std::find_if(steps.rbegin(), steps.rend(), [&](const Step& each) { return each.date <= day; });
  return step == steps.rend() ? Sum{0} : step->left;
}

void OpenTimelines::Take(size_t place, Date day, Sum amount) {
  const std::span<const Step> before = StepsOf(place);
  std::vector<Step>& steps = taken_.try_emplace(place, before.begin(), before.end()).first->second;
  auto later = steps.end();
  while (later != steps.begin() && (later - 1)->date > day) --later;
  CHECK(later != steps.begin());
  if ((later - 1)->date < day) later = steps.insert(later, {day, (later - 1)->left}) + 1;
  while (later != steps.begin() && (later - 1)->date == day) --later;
  for (; later != steps.end(); ++later) later->left -= amount;
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
