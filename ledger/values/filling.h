// How what is open of an invoice lies in the parts of its schedule: what is paid is paid from the first part on.

#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "ledger/values/money.h"

namespace duebook {

// Fills parts, in the order in which they fall due, with what is open: from the last one backwards, each up to its
// amount. The last one also takes up to `beside`, which is not in the schedule, and whatever is left when all are full.
// Requires at least one part. Cost: one pass.
inline std::vector<Sum> FillFromLast(std::span<const Minor> amounts, Sum open, Sum beside) {
  std::vector<Sum> filled(amounts.size());
  Sum left = open;
  for (size_t i = amounts.size(); i-- > 0 && left > 0;) {
    const Sum most = amounts[i] + (i + 1 == amounts.size() ? beside : Sum{0});
    filled[i] = std::min(left, most);
    left -= filled[i];
  }
  filled.back() += left;
  return filled;
}

}  // namespace duebook
