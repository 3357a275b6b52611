#include "ledger/events/reminder_steps.h"

#include "ledger/event/event.h"

namespace duebook {

std::vector<ReminderStep> UsualReminderSteps() {
  std::vector<ReminderStep> steps;
  int level = 0;
  for (const int days : {-5, 0, 3, 10, 20, 30, 60}) steps.push_back({++level, days, "email"});
  return steps;
}

std::vector<ReminderStep> StepsOf(const schema::ReminderPolicySet& policy) {
  if (policy.steps() == nullptr) return UsualReminderSteps();
  std::vector<ReminderStep> steps;
  for (const schema::ReminderStep* step : *policy.steps()) {
    steps.push_back({step->level(), step->days(), std::string(EventView::Text(step->channel())),
                     step->charge() == nullptr ? 0 : step->charge()->minor()});
  }
  return steps;
}

}  // namespace duebook
