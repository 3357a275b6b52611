// A customer confirms prices in writing.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MovePriceConfirmed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::PriceConfirmed>();
  figures.AddFact({.amount = AmountOf(body.amount()),
                   .day = body.valid_until() == nullptr ? Date::Max() : DateOf(*body.valid_until()),
                   .key = EventView::Text(body.confirmation()),
                   .text = EventView::Text(body.order())});
}

}  // namespace

const EventKind kPriceConfirmed{
    .chinese = "价格确认",
    .sentence =
        "Prices confirmed by {confirmation}[ for order {order}][, {amount}][, valid until {valid_until}][, signed by "
        "{signed_by}]",
    .chinese_sentence =
        "价格确认 {confirmation}[，订单 {order}][，金额 {amount}][，有效期至 {valid_until}][，{signed_by} 签字]",
    .moves = MovePriceConfirmed,
};

}  // namespace duebook
