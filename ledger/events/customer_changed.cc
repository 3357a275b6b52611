// What holds of a customer from a day on.

#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveCustomerChanged(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  EvolveMaster(evolve_case.MutableCustomer(), event, event.body<schema::CustomerChanged>());
}

void MoveCustomerChanged(EventView event, Figures& figures) {
  MoveMaster(event.Referred("customer"), event.body<schema::CustomerChanged>(), figures);
}

}  // namespace

const EventKind kCustomerChanged{
    .chinese = "客户变更",
    .sentence =
        "Customer {customer} changed[, name {name}][, terms {terms}][, limit {limit}][, salesperson {salesperson}][, "
        "attributes {attributes}]",
    .chinese_sentence =
        "客户 {customer} 资料变更[，名称 {name}][，账期 {terms}][，信用额度 {limit}][，业务员 {salesperson}][，属性 "
        "{attributes}]",
    .check_fields = CheckMasterOf<schema::CustomerChanged>,
    .says_limit = HasLimit<schema::CustomerChanged>,
    .evolve = EvolveCustomerChanged,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveCustomerChanged,
};

}  // namespace duebook
