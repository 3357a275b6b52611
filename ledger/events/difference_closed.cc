// A small difference is closed.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveDifferenceClosed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DifferenceClosed>();
  figures.AddFact({.subject = event.Referred("payment"),
                   .amount = AmountOf(body.amount()),
                   .key = EventView::Text(body.difference()),
                   .text = EventView::Text(body.reason())});
}

}  // namespace

const EventKind kDifferenceClosed{
    .chinese = "差异处理",
    .sentence = "Difference {difference} of {amount} closed[ on invoice {invoice}], payment {payment}: {reason}",
    .chinese_sentence = "差异 {difference}，金额 {amount}[，发票 {invoice}]，收款 {payment}：{reason}",
    .moves = MoveDifferenceClosed,
};

}  // namespace duebook
