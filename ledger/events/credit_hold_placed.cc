// Shipments to a customer stop.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckNotHeld(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const DatedHold* hold = LastOn(rule_case.customer->credit.holds, event.date());
  if (hold == nullptr || !hold->held) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyHeld,
                   fmt::format("shipments to {} are stopped since {} already", event.customer(), hold->date.ToString()),
                   "customer"};
}

void EvolveCreditHoldPlaced(const EvolveCase& evolve_case) {
  evolve_case.MutableCustomer().credit.holds.push_back({evolve_case.event.date(), true});
}

void MoveCreditHoldPlaced(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CreditHoldPlaced>();
  figures.AddFact({.text = EventView::Text(body.reason())});
}

}  // namespace

const EventKind kCreditHoldPlaced{
    .chinese = "信用冻结",
    .sentence = "Shipments stopped[: {reason}]",
    .chinese_sentence = "停止发货[：{reason}]",
    .check_state = CheckNotHeld,
    .evolve = EvolveCreditHoldPlaced,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveCreditHoldPlaced,
};

}  // namespace duebook
