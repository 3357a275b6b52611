// Shipments to a customer stop.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveCreditHoldPlaced(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CreditHoldPlaced>();
  figures.AddFact({.text = EventView::Text(body.reason())});
}

}  // namespace

const EventKind kCreditHoldPlaced{
    .chinese = "信用冻结",
    .sentence = "Shipments stopped[: {reason}]",
    .chinese_sentence = "停止发货[：{reason}]",
    .moves = MoveCreditHoldPlaced,
};

}  // namespace duebook
