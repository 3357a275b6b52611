#include "projections/reports/reminder_policies.h"

#include <algorithm>
#include <optional>

namespace duebook {

namespace {

ReminderPolicy PolicyOf(const History& history, const VisibleFacts& visible, uint32_t row) {
  const History::Facts& facts = history.facts;
  ReminderPolicy policy;
  policy.steps = StepsOfText(facts.text[row]);
  policy.currency = facts.currency[row];
  policy.min_amount = facts.amount[row];
  policy.gap = static_cast<int>(facts.number[row]);
  policy.skips_disputed = facts.key[row] != "include";
  std::vector<int> days;
  visible.ForEachPart(row, [&](size_t part) { days.push_back(static_cast<int>(history.fact_parts.amount[part])); });
  if (days.size() == 2) {
    policy.escalate = days[0];
    policy.dispute_days = days[1];
  }
  return policy;
}

}  // namespace

const ReminderStep* ReminderPolicy::StepAt(int64_t age) const {
  const auto above =
      std::find_if(steps.begin(), steps.end(), [&](const ReminderStep& step) { return step.days > age; });
  return above == steps.begin() ? nullptr : &*(above - 1);
}

ReminderPolicies::ReminderPolicies(const History& history, const Cut& cut, const VisibleFacts& facts) {
  // The last policy with steps, and the last event of all, which may be a stop.
  struct Last {
    std::optional<uint32_t> policy, of_all_kinds;
  };
  std::optional<uint32_t> of_all;
  std::vector<Last> of_customer;
  const auto keep = [&](std::optional<uint32_t>& last, uint32_t row) {
    if (!last.has_value() || history.facts.date[row] >= history.facts.date[*last]) last = row;
  };
  const auto is_stop = [&](uint32_t row) { return history.facts.day[row] != Date::Min(); };
  facts.ForEach({EventType::ReminderPolicySet}, [&](uint32_t row) {
    const uint32_t customer = history.facts.customer[row];
    if (customer == kNoCustomer) return keep(of_all, row);
    if (customer >= of_customer.size()) of_customer.resize(customer + 1);
    keep(of_customer[customer].of_all_kinds, row);
    if (!is_stop(row)) keep(of_customer[customer].policy, row);
  });
  policies_.push_back(of_all.has_value() ? PolicyOf(history, facts, *of_all) : ReminderPolicy());
  of_customer_.resize(of_customer.size());
  for (size_t customer = 0; customer < of_customer.size(); ++customer) {
    const Last& last = of_customer[customer];
    if (!last.of_all_kinds.has_value()) continue;
    of_customer_[customer] = static_cast<uint32_t>(policies_.size());
    ReminderPolicy policy = last.policy.has_value() ? PolicyOf(history, facts, *last.policy) : policies_.front();
    policy.is_stop = is_stop(*last.of_all_kinds) && history.facts.day[*last.of_all_kinds] >= cut.effective;
    policies_.push_back(std::move(policy));
  }
}

}  // namespace duebook
