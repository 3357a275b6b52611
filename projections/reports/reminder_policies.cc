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
  policy.is_stop = facts.day[row] != Date::Min();
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
  std::optional<uint32_t> of_all;
  std::vector<std::optional<uint32_t>> of_customer;
  facts.ForEach({EventType::ReminderPolicySet}, [&](uint32_t row) {
    const bool is_over = history.facts.day[row] != Date::Min() && history.facts.day[row] < cut.effective;
    if (is_over) return;
    const uint32_t customer = history.facts.customer[row];
    if (customer != kNoCustomer && customer >= of_customer.size()) of_customer.resize(customer + 1);
    std::optional<uint32_t>& last = customer == kNoCustomer ? of_all : of_customer[customer];
    if (!last.has_value() || history.facts.date[row] >= history.facts.date[*last]) last = row;
  });
  policies_.push_back(of_all.has_value() ? PolicyOf(history, facts, *of_all) : ReminderPolicy());
  of_customer_.resize(of_customer.size());
  for (size_t customer = 0; customer < of_customer.size(); ++customer) {
    if (!of_customer[customer].has_value()) continue;
    of_customer_[customer] = static_cast<uint32_t>(policies_.size());
    policies_.push_back(PolicyOf(history, facts, *of_customer[customer]));
  }
}

}  // namespace duebook
