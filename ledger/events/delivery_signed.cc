// A customer signs for a delivery.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveDeliverySigned(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DeliverySigned>();
  figures.AddFact({.subject = event.Referred("shipment"), .key = EventView::Text(body.signed_by())});
}

}  // namespace

const EventKind kDeliverySigned{
    .chinese = "签收",
    .sentence = "Shipment {shipment} signed for by {signed_by}",
    .chinese_sentence = "发货单 {shipment} 由 {signed_by} 签收",
    .moves = MoveDeliverySigned,
};

}  // namespace duebook
