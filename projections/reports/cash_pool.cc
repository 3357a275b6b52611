#include "projections/reports/cash_pool.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "ledger/values/check.h"

namespace duebook {
namespace {

// Returns, of a Fenwick tree, by how many places the i-th sum, counted from 1, reaches back.
size_t ReachOf(size_t i) { return i & -i; }

}  // namespace

void CashPool::Close() {
  std::sort(cash_.begin(), cash_.end(),
            [](const Cash& a, const Cash& b) { return std::tie(a.date, a.seq) < std::tie(b.date, b.seq); });
  next_.resize(cash_.size() + 1);
  std::iota(next_.begin(), next_.end(), size_t{0});
  sums_.assign(cash_.size(), 0);
  for (size_t i = 1; i <= cash_.size(); ++i) {
    sums_[i - 1] += cash_[i - 1].left;
    const size_t wider = i + ReachOf(i);
    if (wider <= cash_.size()) sums_[wider - 1] += sums_[i - 1];
  }
}

size_t CashPool::PlaceOf(Date date) const {
  const auto at =
      std::lower_bound(cash_.begin(), cash_.end(), date, [](const Cash& cash, Date day) { return cash.date < day; });
  return static_cast<size_t>(at - cash_.begin());
}

// Shortens the way for those who come after.
size_t CashPool::NextLeft(size_t place) {
  while (next_[place] != place) place = next_[place] = next_[next_[place]];
  return place;
}

Sum CashPool::LeftBefore(size_t place) const {
  Sum sum = 0;
  for (size_t i = place; i > 0; i -= ReachOf(i)) sum += sums_[i - 1];
  return sum;
}

Sum CashPool::LeftBetween(Date first, Date last) const {
  if (last < first) return 0;
  const size_t end = last == Date::Max() ? cash_.size() : PlaceOf(last.AddDays(1));
  return LeftBefore(end) - LeftBefore(PlaceOf(first));
}

void CashPool::Lower(size_t place, Minor left) {
  const Minor taken = cash_[place].left - left;
  CHECK(left >= 0 && taken >= 0);
  cash_[place].left = left;
  for (size_t i = place + 1; i <= cash_.size(); i += ReachOf(i)) sums_[i - 1] -= taken;
  if (left == 0) next_[place] = place + 1;
}

}  // namespace duebook
