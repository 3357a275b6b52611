// Shipments to a customer may go on.

#include <fmt/core.h>

#include "ledger/events/credit_roles.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckHeld(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const DatedHold* hold = LastOn(rule_case.customer->credit.holds, event.date());
  if (hold != nullptr && hold->held) return std::nullopt;
  return Rejection{RejectionCode::kNotHeld,
                   fmt::format("shipments to {} are not stopped on {}", event.customer(), event.date().ToString()),
                   "customer"};
}

void EvolveCreditHoldReleased(const EvolveCase& evolve_case) {
  evolve_case.MutableCustomer().credit.holds.push_back({evolve_case.event.date(), false});
}

void MoveCreditHoldReleased(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CreditHoldReleased>();
  figures.AddFact({.text = EventView::Text(body.reason())});
}

}  // namespace

const EventKind kCreditHoldReleased{
    .chinese = "解除冻结",
    .sentence = "Shipments may go on[: {reason}]",
    .chinese_sentence = "恢复发货[：{reason}]",
    .check_state = CheckHeld,
    .decide = CheckCreditKeeper,
    .evolve = EvolveCreditHoldReleased,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveCreditHoldReleased,
};

}  // namespace duebook
