// A part of what a shipment brought came back.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckReturnedShipment(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::ShipmentReturned>();
  return CheckShipmentStands(rule_case, EventView::Text(body.shipment()), "shipment");
}

// Of a shipment that stands, in its own currency, and from its date on: else another reason is the one to give.
std::optional<Rejection> CheckReturnedAmount(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::ShipmentReturned>();
  const std::string_view number = EventView::Text(body.shipment());
  const auto* shipment = rule_case.books.FindDocument<Shipment>(DocumentKind::kShipment, number);
  const EventView event = rule_case.event;
  const bool is_judged = shipment != nullptr && !shipment->reversed && shipment->currency == event.currency() &&
                         event.date() >= shipment->date;
  if (!is_judged) return std::nullopt;
  const Timeline::Extreme least = shipment->kept.LeastFrom(event.date());
  if (body.amount()->minor() <= least.value) return std::nullopt;
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("returning {} of shipment {}, of which {} was not returned before on {}",
                               Shown(body.amount()->minor(), shipment->currency), number,
                               Shown(least.value, shipment->currency), least.date.ToString()),
                   "amount"};
}

void EvolveShipmentReturned(Books& books, EventView event) {
  const auto& body = event.body<schema::ShipmentReturned>();
  const std::string_view number = EventView::Text(body.shipment());
  books.MutableDocument<Shipment>(DocumentKind::kShipment, number).kept.Add(event.date(), -body.amount()->minor());
  EvolveReversible(books, event, DocumentKind::kShipment, number);
}

void EvolveUndone(Books& books, const Reversible& original, Date date) {
  books.MutableDocument<Shipment>(original.kind, original.number.text()).kept.Add(date, original.amount);
}

}  // namespace

const EventKind kShipmentReturned{
    .chinese = "退货",
    .sentence = "{amount} of shipment {shipment} returned[: {reason}]",
    .chinese_sentence = "发货单 {shipment} 退货 {amount}[：{reason}]",
    .check_fields = CheckReturnedAmount,
    .check_state = CheckReturnedShipment,
    .evolve = EvolveShipmentReturned,
    .undo = {.evolve = EvolveUndone},
};

}  // namespace duebook
