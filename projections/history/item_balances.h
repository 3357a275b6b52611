// What is left of each item at a cut: the linear pass over History's movements that most projections begin with.

#pragma once

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
// A balance has 128 bits. Nearly all fit 64, and are kept in that: eight bytes an item.
class ItemBalances {
 public:
  ItemBalances(const History& history, const Cut& cut);

  size_t size() const { return low_.size(); }
  Sum operator[](uint32_t item) const { return carries_.empty() ? Sum{low_[item]} : WithCarry(item); }
  void Add(uint32_t item, Minor amount) {
    if (__builtin_add_overflow(low_[item], amount, &low_[item])) carries_[item] += amount > 0 ? 1 : -1;
  }

 private:
  Sum WithCarry(uint32_t item) const;

  std::vector<Minor> low_;
  std::unordered_map<uint32_t, int64_t> carries_;  // of the few that do not fit: how many times 2^64 to add
};

// Sums of the few items that have one, in order of item.
using FewSums = std::vector<std::pair<uint32_t, Sum>>;

// What the disputes name that are open at the cut, at most what is open of the invoice (`balances`, of the same cut).
FewSums DisputedAmounts(const History& history, const Cut& cut, const ItemBalances& balances);

// An invoice's effect on the customer's balance is its open amount; that of a payment or credit note is its unapplied
// amount taken off.
inline int BalanceSign(ItemKind kind) { return kind == ItemKind::kInvoice ? 1 : -1; }

}  // namespace duebook
