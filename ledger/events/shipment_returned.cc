// A part of what a shipment brought came back.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

// Refuses to take back more than is there of a shipment that stands, in its own currency, and from its date on: else
// another reason is the one to give.
std::optional<Rejection> CheckReturnedAmount(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::ShipmentReturned>();
  const NamedDocument& named = rule_case.named.By("shipment");
  const auto* shipment = named.As<Shipment>();
  const EventView event = rule_case.event;
  const bool is_judged = shipment != nullptr && !shipment->reversed && shipment->currency == event.currency() &&
                         event.date() >= shipment->date;
  if (!is_judged) return std::nullopt;
  const Timeline::Extreme least = shipment->kept.LeastFrom(event.date());
  if (body.amount()->minor() <= least.value) return std::nullopt;
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("returning {} of shipment {}, of which {} was not returned before on {}",
                               Shown(body.amount()->minor(), shipment->currency), named.number(),
                               Shown(least.value, shipment->currency), least.date.ToString()),
                   "amount"};
}

void EvolveShipmentReturned(const EvolveCase& evolve_case) {
  const Minor amount = evolve_case.event.body<schema::ShipmentReturned>().amount()->minor();
  evolve_case.Mutable<Shipment>("shipment").kept.Add(evolve_case.event.date(), -amount);
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  books.Mutable<Shipment>(changed).kept.Add(date, original.amount);
}

void MoveShipmentReturned(EventView event, Figures& figures) {
  figures.ReturnShipment(event.Referred("shipment"), event.body<schema::ShipmentReturned>().amount()->minor());
}

}  // namespace

const EventKind kShipmentReturned{
    .chinese = "退货",
    .sentence = "{amount} of shipment {shipment} returned[: {reason}]",
    .chinese_sentence = "发货单 {shipment} 退货 {amount}[：{reason}]",
    .check_fields = CheckReturnedAmount,
    .check_state = CheckShipmentsStand,
    .evolve = EvolveShipmentReturned,
    .undo = {.changes = {"shipment"}, .evolve = EvolveUndone},
    .moves = MoveShipmentReturned,
};

}  // namespace duebook
