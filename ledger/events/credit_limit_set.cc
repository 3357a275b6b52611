// How much a customer may owe, from a day on.

#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveCreditLimitSet(EventView event, Figures& figures) {
  figures.SetLimit(event.Referred("customer"), event.body<schema::CreditLimitSet>().limit()->minor());
}

}  // namespace

const EventKind kCreditLimitSet{
    .chinese = "设定信用额度",
    .sentence = "Credit limit set to {limit}",
    .chinese_sentence = "信用额度改为 {limit}",
    .says_limit = HasLimit<schema::CreditLimitSet>,
    .moves = MoveCreditLimitSet,
};

}  // namespace duebook
