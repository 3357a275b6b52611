// How much a customer may owe, from a day on.

#include "ledger/events/credit_roles.h"
#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

Minor LimitOf(EventView event) { return event.body<schema::CreditLimitSet>().limit()->minor(); }

std::optional<Rejection> DecideCreditLimitSet(RuleCase& rule_case) {
  return CheckMaySetLimit(rule_case, LimitOf(rule_case.event));
}

void EvolveCreditLimitSet(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  KeepLimit(evolve_case.MutableCustomer(), event, event.body<schema::CreditLimitSet>().limit());
}

void MoveCreditLimitSet(EventView event, Figures& figures) {
  figures.SetLimit(event.Referred("customer"), LimitOf(event));
}

}  // namespace

const EventKind kCreditLimitSet{
    .chinese = "设定信用额度",
    .sentence = "Credit limit set to {limit}",
    .chinese_sentence = "信用额度改为 {limit}",
    .decide = DecideCreditLimitSet,
    .evolve = EvolveCreditLimitSet,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveCreditLimitSet,
};

}  // namespace duebook
