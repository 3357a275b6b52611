// How much of an amount is likely to be lost, to tell what is more urgent: a part of it by the age of the oldest
// invoice that it is about, and twice that after a broken promise.

#pragma once

#include <cstdint>

#include "ledger/values/cut.h"
#include "ledger/values/money.h"
#include "projections/history/history.h"
#include "projections/reports/promise_book.h"

namespace duebook {

// The customers of whom a promise was broken, or kept in part only, with its last day among the last 180.
class BrokenPromises {
 public:
  static constexpr int kDays = 180;

  BrokenPromises(const History& history, const Cut& cut, const std::vector<JudgedPromise>& promises);
  bool Of(uint32_t customer) const { return of_customer_[customer]; }

 private:
  std::vector<bool> of_customer_;
};

// Returns amount x w / 1000, rounded half to even; `oldest_age` is in days, not positive where nothing is due. w is 10,
// 30, 80, 150, 250, 400, 600, 900 for an age of at most 0, 30, 60, 90, 120, 180, 365 and more, doubled and at most 1000
// after a broken promise.
Sum RiskOf(Sum amount, int64_t oldest_age, bool promise_was_broken);

}  // namespace duebook
