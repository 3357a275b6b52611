// What holds of a customer from a day on, and what no longer.

#include <fmt/core.h>

#include <string_view>

#include "ledger/events/credit_roles.h"
#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

// What is not said of every customer, and so can end without another in its place. A limit ends as one of zero.
bool MayBeCleared(const FieldInfo& field) {
  return field.name != "name" && field.name != "limit" && field.name != "attributes" && field.name != "clear";
}

// Returns whether the event says something else of what it clears.
bool Gives(EventView event, std::string_view name) {
  const FieldInfo* field = event.info().FindField(name);
  if (field != nullptr) return !FieldText(event, *field).empty();
  const CustomerAttributes* attributes = event.body<schema::CustomerChanged>().attributes();
  if (attributes == nullptr) return false;
  for (const schema::CustomerAttribute* attribute : *attributes) {
    if (EventView::Text(attribute->name()) == name) return true;
  }
  return false;
}

std::optional<Rejection> CheckCleared(EventView event) {
  const auto refuse = [](std::string sentence) {
    return Rejection{RejectionCode::kBadField, std::move(sentence), "clear"};
  };
  const auto* cleared = event.body<schema::CustomerChanged>().clear();
  if (cleared == nullptr) return std::nullopt;
  for (const flatbuffers::String* one : *cleared) {
    const std::string_view name = EventView::Text(one);
    const std::string_view called = FieldCalled(name);
    const FieldInfo* field = event.info().FindField(called);
    if (field == nullptr && (!called.empty() || !IsAttributeName(name))) {
      return refuse(fmt::format("{} is neither a field nor an attribute of customers", Quoted(name)));
    }
    if (field != nullptr && called != name) {
      return refuse(fmt::format("{} is no field; did you mean {}?", Quoted(name), called));
    }
    if (field != nullptr && !MayBeCleared(*field)) {
      return refuse(fmt::format("{} is not cleared; say what it is from now on", name));
    }
    if (Gives(event, name)) return refuse(fmt::format("{} is both given and cleared", Quoted(name)));
  }
  return std::nullopt;
}

std::optional<Rejection> CheckCustomerChanged(RuleCase& rule_case) {
  if (auto rejection = CheckMasterOf<schema::CustomerChanged>(rule_case)) return rejection;
  return CheckCleared(rule_case.event);
}

void EvolveCustomerChanged(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::CustomerChanged>();
  Customer& customer = evolve_case.MutableCustomer();
  EvolveMaster(customer, event, body);
  if (body.clear() == nullptr) return;
  for (const flatbuffers::String* cleared : *body.clear()) {
    const std::string_view name = EventView::Text(cleared);
    if (name == kTermsAttribute) customer.terms.push_back({event.date(), ""});
    if (name == kSalespersonAttribute) customer.salespersons.push_back({event.date(), ""});
  }
}

void MoveCustomerChanged(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CustomerChanged>();
  MoveMaster(event.Referred("customer"), body, figures);
  if (body.clear() == nullptr) return;
  for (const flatbuffers::String* cleared : *body.clear()) {
    figures.Clear(event.Referred("customer"), EventView::Text(cleared));
  }
}

}  // namespace

const EventKind kCustomerChanged{
    .chinese = "客户变更",
    .sentence =
        "Customer {customer} changed[, name {name}][, terms {terms}][, limit {limit}][, salesperson {salesperson}][, "
        "attributes {attributes}][, registration {registration}][, address {address}][, contact {contact}][, phone "
        "{phone}][, email {email}][, language {language}][, since {since}][, pays to {payment_details}][, no longer "
        "{clear}]",
    .chinese_sentence =
        "客户 {customer} 资料变更[，名称 {name}][，账期 {terms}][，信用额度 {limit}][，业务员 {salesperson}][，属性 "
        "{attributes}][，登记号 {registration}][，地址 {address}][，联系人 {contact}][，电话 {phone}][，邮箱 "
        "{email}][，语言 {language}][，合作始于 {since}][，付款至 {payment_details}][，清除 {clear}]",
    .check_fields = CheckCustomerChanged,
    .decide = CheckMaySetLimitOf<schema::CustomerChanged>,
    .evolve = EvolveCustomerChanged,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveCustomerChanged,
};

}  // namespace duebook
