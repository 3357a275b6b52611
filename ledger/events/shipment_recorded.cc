// Goods left the house, for an invoice to come or one that was issued before.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveShipmentRecorded(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::ShipmentRecorded>();
  const std::string_view number = EventView::Text(body.shipment());
  auto& shipment = evolve_case.books.CreateDocument<Shipment>(DocumentKind::kShipment, number);
  EvolveBase(evolve_case, shipment, body.amount());
  shipment.kept.Add(shipment.date, shipment.amount);
  if (body.signed_by() != nullptr) shipment.signed_on = shipment.date;
}

std::optional<Rejection> CheckNothingReturned(const Reversible& original, const Books::Found& changed, Date date) {
  const auto& shipment = changed.Get<Shipment>();
  const Timeline::Extreme least = shipment.kept.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{RejectionCode::kStillApplied,
                   fmt::format("{} of shipment {} was returned; reverse that first",
                               Shown(original.amount - least.value, shipment.currency), original.number.text()),
                   "event"};
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  auto& shipment = books.Mutable<Shipment>(changed);
  shipment.reversed = true;
  shipment.kept.Add(date, -original.amount);
}

void MoveShipmentRecorded(EventView event, Figures& figures) {
  const auto& body = event.body<schema::ShipmentRecorded>();
  figures.AddShipment({.number = EventView::Text(body.shipment()),
                       .amount = body.amount()->minor(),
                       .order = EventView::Text(body.order()),
                       .signed_by = EventView::Text(body.signed_by())});
  if (body.invoice() != nullptr) figures.JoinShipment(event.seq(), event.Referred("invoice"));
}

}  // namespace

const EventKind kShipmentRecorded{
    .chinese = "发货",
    .sentence =
        "Shipment {shipment} of {amount}[ on order {order}][ for invoice {invoice}][, signed for by {signed_by}][, "
        "prepaid by {payment}][, by override {override}][, which passed {passed}]",
    .chinese_sentence =
        "发货单 {shipment}，金额 {amount}[，订单 {order}][，对应发票 {invoice}][，{signed_by} 签收][，预付 "
        "{payment}][，放行 {override}][，越过检查 {passed}]",
    .evolve = EvolveShipmentRecorded,
    .undo = {.decide = CheckNothingReturned, .evolve = EvolveUndone},
    .moves = MoveShipmentRecorded,
};

}  // namespace duebook
