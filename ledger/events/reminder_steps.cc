#include "ledger/events/reminder_steps.h"

#include <fmt/format.h>

#include "ledger/event/event.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/split.h"

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

// A line a step: level, days, charge and channel, which may hold anything but a line's end.
std::string TextOfSteps(const std::vector<ReminderStep>& steps) {
  std::string text;
  for (const ReminderStep& step : steps) {
    text += fmt::format("{}{} {} {} {}", text.empty() ? "" : "\n", step.level, step.days, step.charge, step.channel);
  }
  return text;
}

std::vector<ReminderStep> StepsOfText(std::string_view text) {
  std::vector<ReminderStep> steps;
  for (const std::string_view line : SplitAt(text, '\n')) {
    const std::vector<std::string_view> words = SplitAt(line, ' ');
    if (words.size() < 4) continue;
    const auto level = ParseNumber<int>(words[0]);
    const auto days = ParseNumber<int>(words[1]);
    const auto charge = ParseNumber<Minor>(words[2]);
    if (!level.has_value() || !days.has_value() || !charge.has_value()) continue;
    const size_t before = words[0].size() + words[1].size() + words[2].size() + 3;
    steps.push_back({*level, *days, std::string(line.substr(before)), *charge});
  }
  return steps;
}

}  // namespace duebook
