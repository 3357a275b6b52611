// A bill is sold to a bank before it is due.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveBillDiscounted(EventView event, Figures& figures) {
  const auto& body = event.body<schema::BillDiscounted>();
  figures.AddFact({.subject = event.Referred("payment"), .amount = body.proceeds()->minor()});
}

}  // namespace

const EventKind kBillDiscounted{
    .chinese = "票据贴现",
    .sentence = "Bill of payment {payment} discounted for {proceeds}[, at {bank}]",
    .chinese_sentence = "收款 {payment} 的票据贴现，实收 {proceeds}[，{bank}]",
    .moves = MoveBillDiscounted,
};

}  // namespace duebook
