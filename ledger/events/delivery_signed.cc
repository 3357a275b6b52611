// A customer signs for a delivery.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckNotSigned(RuleCase& rule_case) {
  if (auto rejection = CheckShipmentsStand(rule_case)) return rejection;
  const NamedDocument& named = rule_case.named.By("shipment");
  const auto& signed_on = named.Get<Shipment>().signed_on;
  if (!signed_on.has_value()) return std::nullopt;
  return Rejection{RejectionCode::kAlreadySigned,
                   fmt::format("shipment {} was signed for on {}", named.number(), signed_on->ToString()), "shipment"};
}

void EvolveDeliverySigned(const EvolveCase& evolve_case) {
  evolve_case.Mutable<Shipment>("shipment").signed_on = evolve_case.event.date();
}

void EvolveUndone(Books& books, const Reversible& /*original*/, const Books::Found& changed, Date /*date*/) {
  books.Mutable<Shipment>(changed).signed_on.reset();
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
