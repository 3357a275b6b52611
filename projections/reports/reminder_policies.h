// Which reminders go out when, at a cut: the policy that governs each customer (RULES.md, section 7).

#pragma once

#include <cstdint>
#include <vector>

#include "ledger/events/reminder_steps.h"
#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/money.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/history/visible_facts.h"

namespace duebook {

// A policy; as it is where nobody set one.
struct ReminderPolicy {
  std::vector<ReminderStep> steps = UsualReminderSteps();
  Currency currency;  // of its amounts, which bind no other
  Minor min_amount = 0;
  int gap = 3;
  bool skips_disputed = true;
  int escalate = 90;
  int dispute_days = 30;
  bool is_stop = false;  // the customer is sent none

  // Returns the highest step that an invoice of this age has reached; null if it has reached none.
  const ReminderStep* StepAt(int64_t age) const;
};

class ReminderPolicies {
 public:
  // The history has the part kFacts. Cost: one pass over the facts, and reading the events of the policies that govern.
  static Result<ReminderPolicies> Make(const EventLog& log, const History& history, const Cut& cut);

  // The customer's own or, without one, that of all customers; of several the last by date, and of a day by seq. A stop
  // whose last day has passed governs no more: the policy before it does again.
  const ReminderPolicy& Of(uint32_t customer) const {
    return customer < of_customer_.size() ? policies_[of_customer_[customer]] : policies_.front();
  }

 private:
  std::vector<ReminderPolicy> policies_;  // the first is that of all customers
  std::vector<uint32_t> of_customer_;     // place in policies_, up to the last customer with one of their own
};

}  // namespace duebook
