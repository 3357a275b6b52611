#include "projections/item_balances.h"

#include <algorithm>

namespace duebook {
namespace {

Error TooLarge() {
  return Error{ErrorCode::kInvalidArgument, "a sum is beyond 64 bits", "ask for fewer customers at a time"};
}

}  // namespace

Status AppendMoney(const std::vector<WideSum>& sums, Currency currency, Row* row) {
  for (const WideSum sum : sums) {
    const auto amount = static_cast<Minor>(sum);
    if (amount != sum) return TooLarge();
    row->emplace_back(Money{amount, currency});
  }
  return Status();
}

Result<std::vector<Minor>> ItemBalances(const History& history, const Cut& cut) {
  const History::Movements& movements = history.movements;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  std::vector<Minor> balances(history.items.seq.size());
  bool overflow = false;
  for (size_t i = 0; i < rows; ++i) {
    if (movements.date[i] > cut.effective) continue;
    Minor& balance = balances[movements.item[i]];
    overflow |= __builtin_add_overflow(balance, movements.amount[i], &balance);
  }
  if (overflow) return TooLarge();
  return balances;
}

std::vector<Minor> DisputedAmounts(const History& history, const Cut& cut, const std::vector<Minor>& balances) {
  const History::Disputes& disputes = history.disputes;
  const size_t rows = RowsKnown(disputes.seq, cut.known);
  if (rows == 0) return {};
  std::vector<bool> resolved(rows);
  for (size_t i = 0; i < RowsKnown(history.resolutions.seq, cut.known); ++i) {
    if (history.resolutions.date[i] <= cut.effective) resolved[history.resolutions.dispute[i]] = true;
  }
  std::vector<Minor> disputed(balances.size());
  for (size_t i = 0; i < rows; ++i) {
    if (resolved[i] || disputes.date[i] > cut.effective) continue;
    const Minor open = balances[disputes.item[i]];
    Minor& sum = disputed[disputes.item[i]];
    sum = disputes.amount[i] > open - sum ? open : sum + disputes.amount[i];
  }
  return disputed;
}

}  // namespace duebook
