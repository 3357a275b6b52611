// Shipments to a customer may go on.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveCreditHoldReleased(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CreditHoldReleased>();
  figures.AddFact({.text = EventView::Text(body.reason())});
}

}  // namespace

const EventKind kCreditHoldReleased{
    .chinese = "解除冻结",
    .sentence = "Shipments may go on[: {reason}]",
    .chinese_sentence = "恢复发货[：{reason}]",
    .moves = MoveCreditHoldReleased,
};

}  // namespace duebook
