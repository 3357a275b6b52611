#include "projections/reports/reminder_policies.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "projections/history/visible_events.h"

namespace duebook {

namespace {

ReminderPolicy PolicyOf(EventView event) {
  const auto& body = event.body<schema::ReminderPolicySet>();
  return {.steps = StepsOf(body),
          .currency = event.currency(),
          .min_amount = AmountOf(body.min_amount()),
          .gap = body.gap(),
          .skips_disputed = EventView::Text(body.disputed()) != "include",
          .escalate = body.escalate(),
          .dispute_days = body.dispute_days()};
}

// The facts that govern a customer: the last policy with steps, and the last of all, which may be a stop.
struct Governing {
  std::optional<uint32_t> policy, of_all_kinds;
};

void Keep(const History& history, uint32_t fact, std::optional<uint32_t>* last) {
  if (!last->has_value() || IsEarlierFact(history, **last, fact)) *last = fact;
}

}  // namespace

const ReminderStep* ReminderPolicy::StepAt(int64_t age) const {
  const auto above =
      std::find_if(steps.begin(), steps.end(), [&](const ReminderStep& step) { return step.days > age; });
  return above == steps.begin() ? nullptr : &*(above - 1);
}

Result<ReminderPolicies> ReminderPolicies::Make(const EventLog& log, const History& history, const Cut& cut) {
  const History::Facts& facts = history.facts;
  const auto is_stop = [&](uint32_t fact) { return facts.day[fact] != Date::Min(); };
  std::optional<uint32_t> of_all;
  std::vector<Governing> of_customer;
  VisibleFacts(history, cut).ForEach({EventType::ReminderPolicySet}, [&](uint32_t fact) {
    const uint32_t customer = facts.customer[fact];
    if (customer == kNoCustomer) return Keep(history, fact, &of_all);
    if (customer >= of_customer.size()) of_customer.resize(customer + 1);
    Keep(history, fact, &of_customer[customer].of_all_kinds);
    if (!is_stop(fact)) Keep(history, fact, &of_customer[customer].policy);
  });

  std::vector<uint64_t> seqs;
  if (of_all.has_value()) seqs.push_back(facts.seq[*of_all]);
  for (const Governing& each : of_customer) {
    if (each.policy.has_value()) seqs.push_back(facts.seq[*each.policy]);
  }
  std::sort(seqs.begin(), seqs.end());
  std::unordered_map<uint64_t, ReminderPolicy> read;  // by seq
  RETURN_IF_ERROR(ForEachOfType(log, EventType::ReminderPolicySet, seqs,
                                [&](EventView event) { read.emplace(event.seq(), PolicyOf(event)); }));

  ReminderPolicies made;
  made.policies_.push_back(of_all.has_value() ? read.at(facts.seq[*of_all]) : ReminderPolicy());
  made.of_customer_.resize(of_customer.size());
  for (size_t customer = 0; customer < of_customer.size(); ++customer) {
    const Governing& of = of_customer[customer];
    if (!of.of_all_kinds.has_value()) continue;
    made.of_customer_[customer] = static_cast<uint32_t>(made.policies_.size());
    ReminderPolicy policy = of.policy.has_value() ? read.at(facts.seq[*of.policy]) : made.policies_.front();
    policy.is_stop = is_stop(*of.of_all_kinds) && facts.day[*of.of_all_kinds] >= cut.effective;
    made.policies_.push_back(std::move(policy));
  }
  return made;
}

}  // namespace duebook
