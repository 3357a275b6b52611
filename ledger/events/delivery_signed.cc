// A customer signs for a delivery.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckNotSigned(RuleCase& rule_case) {
  if (auto rejection = CheckShipmentsStand(rule_case)) return rejection;
  const NamedDocument& named = rule_case.named.By("shipment");
  const auto& shipment = named.Get<Shipment>();
  const auto refuse = [&](std::string_view what, Date day) {
    return Rejection{RejectionCode::kAlreadySigned,
                     fmt::format("shipment {} {} {}", named.number(), what, day.ToString()), "shipment"};
  };
  if (shipment.signed_on.has_value()) return refuse("was signed for on", *shipment.signed_on);
  if (rule_case.event.date() >= shipment.unsigned_from) return std::nullopt;
  return refuse("has a signature that was undone only on", shipment.unsigned_from);
}

void EvolveDeliverySigned(const EvolveCase& evolve_case) {
  evolve_case.Mutable<Shipment>("shipment").signed_on = evolve_case.event.date();
}

void EvolveUndone(Books& books, const Reversible& /*original*/, const Books::Found& changed, Date date) {
  auto& shipment = books.Mutable<Shipment>(changed);
  shipment.signed_on.reset();
  shipment.unsigned_from = std::max(shipment.unsigned_from, date);
}

// About the shipment; its key is who signed.
void MoveDeliverySigned(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DeliverySigned>();
  figures.AddFact({.subject = event.Referred("shipment"), .key = EventView::Text(body.signed_by())});
}

}  // namespace

const EventKind kDeliverySigned{
    .chinese = "签收",
    .sentence = "Shipment {shipment} signed for by {signed_by}",
    .chinese_sentence = "发货单 {shipment} 由 {signed_by} 签收",
    .check_state = CheckNotSigned,
    .evolve = EvolveDeliverySigned,
    .undo = {.changes = {"shipment"}, .evolve = EvolveUndone},
    .moves = MoveDeliverySigned,
};

}  // namespace duebook
