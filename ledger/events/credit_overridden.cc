// One shipment may leave although the credit policy stops it.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveCreditOverridden(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CreditOverridden>();
  figures.AddFact({.amount = AmountOf(body.amount()),
                   .day = DateOf(*body.until()),
                   .key = EventView::Text(body.override()),
                   .text = EventView::Text(body.reason())});
}

}  // namespace

const EventKind kCreditOverridden{
    .chinese = "放行",
    .sentence = "Override {override}: a shipment of up to {amount} may leave until {until}: {reason}",
    .chinese_sentence = "放行 {override}：{until} 前可发货，金额不超过 {amount}：{reason}",
    .moves = MoveCreditOverridden,
};

}  // namespace duebook
