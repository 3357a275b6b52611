// A bill is paid when it is due.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveBillHonoured(EventView event, Figures& figures) { figures.AddFact({.subject = event.Referred("payment")}); }

}  // namespace

const EventKind kBillHonoured{
    .chinese = "票据兑付",
    .sentence = "Bill of payment {payment} paid",
    .chinese_sentence = "收款 {payment} 的票据已兑付",
    .moves = MoveBillHonoured,
};

}  // namespace duebook
