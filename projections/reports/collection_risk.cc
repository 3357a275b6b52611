#include "projections/reports/collection_risk.h"

#include <algorithm>
#include <array>

#include "ledger/values/check.h"

namespace duebook {

BrokenPromises::BrokenPromises(const History& history, const Cut& cut, const std::vector<JudgedPromise>& promises)
    : of_customer_(history.customers.seq.size()) {
  for (const JudgedPromise& promise : promises) {
    const Date last = promise.LastDay();
    if (!promise.IsBrokenInPart() || last > cut.effective || cut.effective - last >= kDays) continue;
    of_customer_[history.promises.customer[promise.row]] = true;
  }
}

Sum RiskOf(Sum amount, int64_t oldest_age, bool promise_was_broken) {
  constexpr std::array kLastDays{0, 30, 60, 90, 120, 180, 365};
  constexpr std::array kWeights{10, 30, 80, 150, 250, 400, 600, 900};
  constexpr int kWhole = 1000;
  const auto bucket = std::lower_bound(kLastDays.begin(), kLastDays.end(), oldest_age) - kLastDays.begin();
  const int weight = kWeights[static_cast<size_t>(bucket)];
  const auto risk = MultiplyRatio(amount, promise_was_broken ? std::min(2 * weight, kWhole) : weight, kWhole);
  CHECK(risk.has_value());  // sums of amounts have 96 bits
  return *risk;
}

}  // namespace duebook
