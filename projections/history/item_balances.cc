#include "projections/history/item_balances.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <map>

namespace duebook {

namespace {

// Asks for large pages for memory that nobody has touched. On a virtual machine, touching it page by page takes longer
// than adding up what comes there. If there are none to be had, nothing is lost but time.
void PreferLargePages(void* memory, size_t bytes) {
  constexpr uintptr_t kLargePage = uintptr_t{2} << 20;
  const auto start = (reinterpret_cast<uintptr_t>(memory) + kLargePage - 1) / kLargePage * kLargePage;
  const auto end = (reinterpret_cast<uintptr_t>(memory) + bytes) / kLargePage * kLargePage;
  if (start < end) ::madvise(reinterpret_cast<void*>(start), end - start, MADV_HUGEPAGE);
}

}  // namespace

ItemBalances::ItemBalances(const History& history, const Cut& cut) {
  history.movements.amount.VisitStored(0, 0, [&](auto amounts) {
    if constexpr (sizeof(amounts[0]) == sizeof(int32_t)) {
      AddUp(history, cut, narrow_);
    } else {
      AddUp(history, cut, wide_);
    }
  });
}

template <class Low>
void ItemBalances::AddUp(const History& history, const Cut& cut, std::vector<Low>& low) {
  low.reserve(history.items.seq.size());
  PreferLargePages(low.data(), low.capacity() * sizeof(Low));
  low.resize(history.items.seq.size());
  const History::Movements& movements = history.movements;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  const int32_t last_day = cut.effective.days();
  // All that it reads is given by value, so that it stays in registers.
  const auto add = [&](auto days, auto amounts, auto items, int32_t until, Low* sums) {
    for (size_t row = 0; row < days.size(); ++row) {
      if (days[row] <= until) AddTo(sums, items[row], amounts[row]);
    }
  };
  // As they are stored: which form each column has is asked once, and not for each row.
  movements.date.VisitStored(0, rows, [&](auto days) {
    movements.amount.VisitStored(0, rows, [&](auto amounts) {
      movements.item.VisitStored(0, rows, [&](auto items) { add(days, amounts, items, last_day, low.data()); });
    });
  });
}

void ItemBalances::Carry(uint32_t item, Sum carry) { carries_[item] += carry; }

Sum ItemBalances::CarryOf(uint32_t item) const {
  const auto carry = carries_.find(item);
  return carry == carries_.end() ? Sum{0} : carry->second;
}

FewSums DisputedAmounts(const History& history, const Cut& cut, const ItemBalances& balances) {
  const History::Disputes& disputes = history.disputes;
  const size_t rows = RowsKnown(disputes.seq, cut.known);
  std::vector<bool> resolved(rows);
  for (size_t i = 0; i < RowsKnown(history.resolutions.seq, cut.known); ++i) {
    const uint32_t dispute = history.resolutions.dispute[i];
    if (history.resolutions.date[i] <= cut.effective && dispute < rows) resolved[dispute] = true;
  }
  std::map<uint32_t, Sum> disputed;
  for (size_t i = 0; i < rows; ++i) {
    if (resolved[i] || disputes.date[i] > cut.effective) continue;
    Sum& sum = disputed[disputes.item[i]];
    sum = std::min(balances[disputes.item[i]], sum + disputes.amount[i]);
  }
  return {disputed.begin(), disputed.end()};
}

}  // namespace duebook
