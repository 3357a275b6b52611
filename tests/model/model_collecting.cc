// What the reference model refuses of late interest, promises, disputes, contacts, escalations and reminders.

#include <algorithm>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"

namespace duebook::model {

namespace {

using enum RejectionCode;
using Words = std::set<std::string>;

// The words that a field of a type may hold; it may be absent.
struct Vocabulary {
  std::string type;
  std::string Fact::*field;
  Words words;
};
const std::vector<Vocabulary> kVocabularies{
    {"DisputeOpened", &Fact::kind, {"price", "quantity", "quality", "delivery", "papers", "paid", "other"}},
    {"DebitNoteIssued", &Fact::kind, {"interest", "charge", "other"}},
    {"EscalationStarted", &Fact::step, {"stop_supply", "agency", "legal"}},
    {"DifferenceClosed", &Fact::reason, {"bank_charge", "rounding", "discount", "freight", "other"}},
    {"InterestSet", &Fact::day_count, {"act/365", "act/360", "30/360", "day"}},
    {"InterestSet", &Fact::disputed, {"waits", "accrues"}},
    {"ReminderPolicySet", &Fact::disputed, {"skip", "include"}}};

}  // namespace

void Model::CheckCollectingFields(const Fact& command, Why& why) {
  for (const Vocabulary& each : kVocabularies) {
    const std::string& text = command.*each.field;
    if (command.type == each.type && !text.empty() && !each.words.contains(text)) why.insert(kBadField);
  }
  if (command.type == "InterestSet" && !TenThousandths(command.rate).has_value()) why.insert(kBadField);
  if (!command.percent.empty() && !TenThousandths(command.percent).has_value()) why.insert(kBadField);
  if (command.type == "ContactLogged" && command.next.has_value() && *command.next < command.date) {
    why.insert(kBadDate);
  }
  if (command.until.has_value() && command.customer.empty()) why.insert(kMissingField);
  for (size_t i = 1; i < command.steps.size(); i++) {
    const ReminderStep& before = command.steps[i - 1];
    const ReminderStep& step = command.steps[i];
    if (step.level <= before.level || step.days <= before.days) why.insert(kBadField);
  }
}

void Model::CheckCollecting(const Fact& command, Why& why) const {
  const Cut now;
  if (command.type == "DisputeResolved" && command.upheld.has_value()) {
    const Fact& dispute = *Find("DisputeOpened", command.dispute);
    const bool is_judged =
        Resolution(dispute, now) == nullptr && dispute.currency == command.currency && command.date >= dispute.date;
    if (is_judged && *command.upheld > dispute.amount) why.insert(kBadAmount);
  }
  if (command.type == "EscalationClosed" && Has("EscalationClosed", &Fact::escalation, command.escalation, now)) {
    why.insert(kAlreadyResolved);
  }
  if (command.type == "DifferenceClosed") CheckDifference(command, why);
}

}  // namespace duebook::model
