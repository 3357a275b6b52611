// A customer is opened, and from then on there are events about it.

#include "ledger/events/credit_roles.h"
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
  customer.credit.opened_by = Nfc(event.actor());
  customer.credit.latest = event.date();
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
        "attributes {attributes}][, registration {registration}][, address {address}][, contact {contact}][, phone "
        "{phone}][, email {email}][, language {language}][, since {since}][, pays to {payment_details}]",
    .chinese_sentence =
        "客户 {customer}[（{name}）]开户[，账期 {terms}][，信用额度 {limit}][，业务员 {salesperson}][，属性 "
        "{attributes}][，登记号 {registration}][，地址 {address}][，联系人 {contact}][，电话 {phone}][，邮箱 "
        "{email}][，语言 {language}][，合作始于 {since}][，付款至 {payment_details}]",
    .check_fields = CheckMasterOf<schema::CustomerOpened>,
    .decide = CheckMaySetLimitOf<schema::CustomerOpened>,
    .evolve = EvolveCustomerOpened,
    .moves = MoveCustomerOpened,
};

}  // namespace duebook
