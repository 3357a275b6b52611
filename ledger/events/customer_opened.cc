// A customer is opened, and from then on there are events about it.

#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveCustomerOpened(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::CustomerOpened>();
  Customer& customer = evolve_case.books.CreateCustomer(event.customer());
  customer.seq = event.seq();
  customer.date = event.date();
  EvolveMaster(customer, event, body);
}

void MoveCustomerOpened(EventView event, Figures& figures) {
  figures.AddCustomer();
  MoveMaster(event.seq(), event.body<schema::CustomerOpened>(), figures);
}

}  // namespace

const EventKind kCustomerOpened{
    .chinese = "客户开户",
    .sentence =
        "Customer {customer}[ ({name})] opened[, terms {terms}][, limit {limit}][, salesperson {salesperson}][, "
        "attributes {attributes}]",
    .chinese_sentence =
        "客户 {customer}[（{name}）]开户[，账期 {terms}][，信用额度 {limit}][，业务员 {salesperson}][，属性 "
        "{attributes}]",
    .check_fields = CheckMasterOf<schema::CustomerOpened>,
    .says_limit = HasLimit<schema::CustomerOpened>,
    .evolve = EvolveCustomerOpened,
    .moves = MoveCustomerOpened,
};

}  // namespace duebook
