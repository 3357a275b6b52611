// Which reminders go out when, of all customers or of one.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"

namespace duebook {

namespace {

Rejection Refuse(RejectionCode code, std::string sentence, std::string_view field) {
  return {code, std::move(sentence), std::string(field)};
}

std::optional<Rejection> CheckStepsAscend(const schema::ReminderPolicySet& body) {
  if (body.steps() == nullptr) return std::nullopt;
  const schema::ReminderStep* before = nullptr;
  for (const schema::ReminderStep* step : *body.steps()) {
    if (before != nullptr && (step->level() <= before->level() || step->days() <= before->days())) {
      return Refuse(RejectionCode::kBadField,
                    fmt::format("level {} after {} days comes behind level {} after {}: both must ascend",
                                step->level(), step->days(), before->level(), before->days()),
                    "steps");
    }
    before = step;
  }
  return std::nullopt;
}

std::optional<Rejection> CheckReminderPolicy(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::ReminderPolicySet>();
  if (body.until() != nullptr && rule_case.event.customer().empty()) {
    return Refuse(RejectionCode::kMissingField, "the customer is missing who is to be sent no reminders", "customer");
  }
  if (body.until() != nullptr && body.steps() != nullptr) {
    return Refuse(RejectionCode::kBadField, "steps or until, not both", "until");
  }
  if (auto rejection = CheckStepsAscend(body)) return rejection;
  const std::string_view disputed = EventView::Text(body.disputed());
  if (disputed.empty() || disputed == "skip" || disputed == "include") return std::nullopt;
  return Refuse(RejectionCode::kBadField, fmt::format("'{}' is neither skip nor include", disputed), "disputed");
}

// Refuses a policy that governs all customers unless an administrator sets it.
std::optional<Rejection> DecideReminderPolicy(RuleCase& rule_case) {
  return rule_case.event.customer().empty() ? CheckAdministrator(rule_case) : std::nullopt;
}

// Its day is the last on which the customer is sent none. What governs is read from the events themselves.
void MoveReminderPolicySet(EventView event, Figures& figures) {
  const auto& body = event.body<schema::ReminderPolicySet>();
  figures.AddFact({.day = body.until() == nullptr ? Date::Min() : DateOf(*body.until())});
}

}  // namespace

const EventKind kReminderPolicySet{
    .chinese = "催款政策",
    .sentence =
        "Reminders[ {steps}][ stopped through {until}], {gap} days apart[, from {min_amount}][, disputed amounts: "
        "{disputed}], escalated after {escalate} days, disputes open for {dispute_days} days",
    .chinese_sentence =
        "催款[步骤 {steps}][暂停至 {until}]，间隔 {gap} 天[，起催金额 {min_amount}][，争议金额 {disputed}]，{escalate} "
        "天后升级，争议期 {dispute_days} 天",
    .check_fields = CheckReminderPolicy,
    .decide = DecideReminderPolicy,
    .moves = MoveReminderPolicySet,
};

}  // namespace duebook
