// Somebody spoke or wrote to a customer.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveContactLogged(EventView event, Figures& figures) {
  const auto& body = event.body<schema::ContactLogged>();
  figures.AddFact({.subject = event.Referred("invoice"),
                   .day = body.next() == nullptr ? Date::Max() : DateOf(*body.next()),
                   .key = EventView::Text(body.outcome())});
}

}  // namespace

const EventKind kContactLogged{
    .chinese = "联系记录",
    .sentence =
        "Contact[ by {channel}][ with {person}][ about invoice {invoice}][, {outcome}][, again on {next}][, promise "
        "{promise}][, dispute {dispute}][: {text}]",
    .chinese_sentence =
        "联系记录[，方式 {channel}][，对方 {person}][，关于发票 {invoice}][，结果 {outcome}][，下次 {next}][，承诺 "
        "{promise}][，争议 {dispute}][：{text}]",
    .moves = MoveContactLogged,
};

}  // namespace duebook
