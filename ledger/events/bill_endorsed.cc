// A bill is passed on to somebody else.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveBillEndorsed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::BillEndorsed>();
  figures.AddFact({.subject = event.Referred("payment"), .text = EventView::Text(body.to())});
}

}  // namespace

const EventKind kBillEndorsed{
    .chinese = "票据背书",
    .sentence = "Bill of payment {payment} endorsed to {to}",
    .chinese_sentence = "收款 {payment} 的票据背书给 {to}",
    .moves = MoveBillEndorsed,
};

}  // namespace duebook
