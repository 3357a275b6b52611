// What is left of each item at a cut: the linear pass over History's movements that most projections begin with.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

// By item of the history: what is open of an invoice, or unapplied of a payment or credit note. 0 for items that the
// cut does not see.
//
// A balance has 128 bits. Nearly all fit the bits in which the history has amounts, and are kept in that: four bytes an
// item, or eight.
class ItemBalances {
 public:
  ItemBalances(const History& history, const Cut& cut);

  size_t size() const { return std::max(narrow_.size(), wide_.size()); }
  Sum operator[](uint32_t item) const {
    const Sum low = wide_.empty() ? Sum{narrow_[item]} : Sum{wide_[item]};
    return carries_.empty() ? low : low + CarryOf(item);
  }
  void Add(uint32_t item, Minor amount) {
    if (wide_.empty()) {
      AddTo(narrow_.data(), item, amount);
    } else {
      AddTo(wide_.data(), item, amount);
    }
  }

 private:
  template <class Low, class Amount>
  void AddTo(Low* low, uint32_t item, Amount amount) {
    const Low before = low[item];
    if (__builtin_add_overflow(before, amount, &low[item])) Carry(item, Sum{before} + amount - low[item]);
  }
  void Carry(uint32_t item, Sum carry);
  template <class Low>
  void AddUp(const History& history, const Cut& cut, std::vector<Low>& low);
  Sum CarryOf(uint32_t item) const;

  std::vector<int32_t> narrow_;  // one of both is empty
  std::vector<Minor> wide_;
  std::unordered_map<uint32_t, Sum> carries_;  // of the few that do not fit: what is to be added
};

// Sums of the few items that have one, in order of item.
using FewSums = std::vector<std::pair<uint32_t, Sum>>;

// Returns what the disputes name that are open at the cut, at most what is open of the invoice (`balances`, of the same
// cut).
FewSums DisputedAmounts(const History& history, const Cut& cut, const ItemBalances& balances);

// An invoice's effect on the customer's balance is its open amount; that of a payment or credit note is its unapplied
// amount taken off.
inline int BalanceSign(ItemKind kind) { return kind == ItemKind::kInvoice ? 1 : -1; }

}  // namespace duebook
