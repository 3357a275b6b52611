// A bill is not paid: what it paid is open again.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveBillDishonoured(EventView event, Figures& figures) {
  const auto& body = event.body<schema::BillDishonoured>();
  figures.AddFact({.subject = event.Referred("payment"), .amount = AmountOf(body.cost())});
}

}  // namespace

const EventKind kBillDishonoured{
    .chinese = "票据拒付",
    .sentence = "Bill of payment {payment}[ of {amount}] not paid: {reason}[, which cost {cost}]",
    .chinese_sentence = "收款 {payment} 的票据被拒付[，金额 {amount}]：{reason}[，费用 {cost}]",
    .moves = MoveBillDishonoured,
};

}  // namespace duebook
