// What is left of each item at a cut: the linear pass over History's movements that most projections begin with.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/cut.h"
#include "ledger/result.h"
#include "projections/history.h"
#include "projections/report.h"

namespace duebook {

// Sums over many items, which may pass 64 bits on the way; whether the end fits is asked once.
__extension__ typedef __int128 WideSum;

// The cells of `sums` as money of one currency, after the cells that `row` has. An error if one is beyond 64 bits.
Status AppendMoney(const std::vector<WideSum>& sums, Currency currency, Row* row);

// For each item of the history, in its order: what is open of an invoice, or unapplied of a payment or credit note. 0
// for items that the cut does not see. An error if a sum passes 64 bits, which no admitted event can bring about.
Result<std::vector<Minor>> ItemBalances(const History& history, const Cut& cut);

// For each item: what the disputes name that are open at the cut, at most what is open of the invoice (`balances`, of
// the same cut). Empty if no dispute is open.
std::vector<Minor> DisputedAmounts(const History& history, const Cut& cut, const std::vector<Minor>& balances);

// An invoice's effect on the customer's balance is its open amount; that of a payment or credit note is its unapplied
// amount taken off.
inline int BalanceSign(ItemKind kind) { return kind == ItemKind::kInvoice ? 1 : -1; }

}  // namespace duebook
