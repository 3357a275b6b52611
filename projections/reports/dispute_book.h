// Disputes as a cut sees them: what is still open of them, who looks after them, and how they ended (RULES.md,
// section 7).

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"

namespace duebook {

// Amounts are in minor units of the invoice's currency; texts lie in the history.
struct JudgedDispute {
  uint32_t row;   // of the history's disputes
  uint32_t item;  // the invoice
  Date date;
  Minor amount = 0;
  Sum open = 0;  // how much of that is still to be paid; nothing once it is resolved
  std::string_view kind = {}, owner = {};
  std::optional<Date> resolved = {};
  std::string_view outcome = {};
  Minor upheld = 0;  // how much was found right; nothing as long as it is not resolved
  Sum credited = 0;  // by the credit notes that name it, whether or not it is resolved

  // What was found right and is not credited yet.
  Sum ToBeCredited() const { return std::max(Sum{0}, Sum{upheld} - credited); }
};

// Returns every dispute that the cut sees, in order of seq. `balances` are of the same cut: several disputes of one
// invoice share what is open of it, in the order in which they were recorded. The history has the parts kDisputes and
// kFacts, and outlives what is returned. Cost: linear, without a pass over movements.
std::vector<JudgedDispute> JudgeDisputes(const History& history, const Cut& cut, const ItemBalances& balances);

}  // namespace duebook
