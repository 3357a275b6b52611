// The steps of a reminder policy: which reminder goes out how many days after the due date.

#pragma once

#include <string>
#include <vector>

#include "event_list_generated.h"
#include "ledger/values/money.h"

namespace duebook {

struct ReminderStep {
  int level = 0;
  int days = 0;  // after the due date; below zero before it
  std::string channel;
  Minor charge = 0;  // in the policy's currency

  friend bool operator==(const ReminderStep&, const ReminderStep&) = default;
};

// The steps of a policy that names none: levels 1 to 7 by email, without charges.
std::vector<ReminderStep> UsualReminderSteps();
// The steps of a policy, ascending.
std::vector<ReminderStep> StepsOf(const schema::ReminderPolicySet& policy);

}  // namespace duebook
