// What is left of each item at a cut: the linear pass over History's movements that most projections begin with.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

// For each item of the history, in its order: what is open of an invoice, or unapplied of a payment or credit note. 0
// for items that the cut does not see.
std::vector<Sum> ItemBalances(const History& history, const Cut& cut);

// For each item: what the disputes name that are open at the cut, at most what is open of the invoice (`balances`, of
// the same cut). Empty if no dispute is open.
std::vector<Sum> DisputedAmounts(const History& history, const Cut& cut, const std::vector<Sum>& balances);

// An invoice's effect on the customer's balance is its open amount; that of a payment or credit note is its unapplied
// amount taken off.
inline int BalanceSign(ItemKind kind) { return kind == ItemKind::kInvoice ? 1 : -1; }

}  // namespace duebook
