#include "projections/reports/open_timelines.h"

#include <algorithm>

#include "ledger/values/check.h"
#include "projections/history/item_balances.h"

namespace duebook {

namespace {

std::vector<uint32_t> OpenItems(const History& history, const Cut& cut) {
  const ItemBalances balances(history, cut);
  std::vector<uint32_t> open;
  for (uint32_t item = 0; item < balances.size(); ++item) {
    if (balances[item] > 0) open.push_back(item);
  }
  return open;
}

}  // namespace

OpenTimelines::OpenTimelines(const History& history, const Cut& cut)
    : movements_(history, cut, OpenItems(history, cut)) {
  for (size_t place = 0; place < items().size(); ++place) {
    begin_.push_back(steps_.size());
    Sum left = 0;
    for (const ItemMovement& movement : movements_.Of(place)) {
      left += movement.amount;
      const bool is_of_same_day = steps_.size() > begin_.back() && steps_.back().date == movement.date;
      if (!is_of_same_day) steps_.push_back({movement.date});
      steps_.back().left = left;
    }
  }
  begin_.push_back(steps_.size());
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
  auto from = later - 1;
  if (from->date < day) from = steps.insert(later, {day, from->left});
  for (; from != steps.end(); ++from) from->left -= amount;
}

Sum OpenTimelines::DebitedBy(size_t place, Date day) const {
  Sum debited = 0;
  for (const ItemMovement& movement : movements_.Of(place)) {
    if (movement.is_debit_note && movement.date <= day) debited += movement.amount;
  }
  return debited;
}

}  // namespace duebook
