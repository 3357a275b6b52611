#include "projections/reports/invoice_subset.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "ledger/values/check.h"

namespace duebook {

namespace {

// A set of amounts, and what they add up to.
struct SetOfAmounts {
  Sum sum = 0;
  uint32_t chosen = 0;
};

// Returns every set of the amounts whose sum is at most `most`, with its bits from `first_bit` on; ascending by sum.
// Each amount doubles the sets: those without it and those with it are in order already, and are merged.
std::vector<SetOfAmounts> SetsOf(std::span<const Sum> amounts, size_t first_bit, Sum most) {
  std::vector<SetOfAmounts> sets{{}};
  std::vector<SetOfAmounts> with;
  std::vector<SetOfAmounts> merged;
  for (size_t i = 0; i < amounts.size(); ++i) {
    with.clear();
    for (const SetOfAmounts& set : sets) {
      if (set.sum > most - amounts[i]) break;
      with.push_back({set.sum + amounts[i], set.chosen | uint32_t{1} << (first_bit + i)});
    }
    merged.resize(sets.size() + with.size());
    std::merge(sets.begin(), sets.end(), with.begin(), with.end(), merged.begin(),
               [](const SetOfAmounts& a, const SetOfAmounts& b) { return a.sum < b.sum; });
    sets.swap(merged);
  }
  return sets;
}

// The end of those that have the sum of the one at `begin`.
size_t EndOfSum(const std::vector<SetOfAmounts>& sets, size_t begin) {
  size_t end = begin + 1;
  while (end < sets.size() && sets[end].sum == sets[begin].sum) ++end;
  return end;
}

}  // namespace

// Meets in the middle: of the sets of one half in ascending and those of the other in descending order, those that
// together have the sum.
SubsetFound FindOnlySubset(std::span<const Sum> amounts, Sum sum) {
  CHECK(amounts.size() <= kMostSearched);
  const size_t half = amounts.size() / 2;
  const std::vector<SetOfAmounts> low = SetsOf(amounts.first(half), 0, sum);
  std::vector<SetOfAmounts> high = SetsOf(amounts.subspan(half), half, sum);
  std::reverse(high.begin(), high.end());
  SubsetFound found;
  size_t i = 0, k = 0;
  while (i < low.size() && k < high.size()) {
    const Sum rest = sum - low[i].sum;
    if (high[k].sum > rest) {
      ++k;
    } else if (high[k].sum < rest) {
      ++i;
    } else {
      const size_t end_of_low = EndOfSum(low, i), end_of_high = EndOfSum(high, k);
      for (size_t a = i; a < end_of_low; ++a) {
        for (size_t b = k; b < end_of_high; ++b) {
          const uint32_t chosen = low[a].chosen | high[b].chosen;
          if (std::popcount(chosen) < 2) continue;
          if (++found.sets == 2) return {2, 0};
          found.chosen = chosen;
        }
      }
      i = end_of_low;
      k = end_of_high;
    }
  }
  return found;
}

}  // namespace duebook
