#include "ledger/books/tolerance_policy.h"

#include <tuple>

#include "ledger/values/percentage.h"

namespace duebook {

TolerancePolicy TolerancePolicyOf(EventView event) {
  const auto& body = event.body<schema::TolerancePolicySet>();
  TolerancePolicy policy{event.seq(), event.date(), event.currency(), AmountOf(body.amount()), {}, {}};
  if (body.percent() != nullptr) policy.percent = ParsePercentage(EventView::Text(body.percent()), 0, kHundredPerCent);
  if (body.per_month() != nullptr) policy.per_month = body.per_month()->minor();
  return policy;
}

const TolerancePolicy* ToleranceOn(const std::vector<TolerancePolicy>& policies, Currency currency, Date date) {
  const TolerancePolicy* last = nullptr;
  for (const TolerancePolicy& policy : policies) {
    if (policy.currency != currency || policy.date > date) continue;
    if (last == nullptr || std::tie(policy.date, policy.seq) >= std::tie(last->date, last->seq)) last = &policy;
  }
  return last;
}

bool IsWithinPercent(const TolerancePolicy& policy, Sum difference, Sum invoiced) {
  return !policy.percent.has_value() || difference * kHundredPerCent <= invoiced * *policy.percent;
}

bool IsWithin(const TolerancePolicy& policy, Sum difference, Sum invoiced) {
  return difference <= policy.amount && IsWithinPercent(policy, difference, invoiced);
}

}  // namespace duebook
