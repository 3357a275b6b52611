// What CustomerOpened and the types that change a customer have in common.

#pragma once

#include "ledger/command/spelling.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/letter_language.h"

namespace duebook {

using CustomerAttributes = flatbuffers::Vector<flatbuffers::Offset<schema::CustomerAttribute>>;

// Refuses what are no payment terms.
std::optional<Rejection> CheckTerms(std::string_view terms);
// Returns whether an attribute may be called so: a word of letters, digits, _ and -, a letter first.
bool IsAttributeName(std::string_view name);
// Returns the field, of customers or of a record of any type, that is called so but for the case; "" if there is none.
std::string_view FieldCalled(std::string_view name);
// Refuses attributes that are too many, stand twice, or are called like a field, in any case, or not as a word. Null is
// none.
std::optional<Rejection> CheckAttributes(const CustomerAttributes* attributes);

template <class Body>
std::optional<Rejection> CheckTermsOf(RuleCase& rule_case) {
  return CheckTerms(EventView::Text(rule_case.event.body<Body>().terms()));
}
template <class Body>
std::optional<Rejection> CheckMasterOf(RuleCase& rule_case) {
  if (auto rejection = CheckTermsOf<Body>(rule_case)) return rejection;
  const auto& body = rule_case.event.body<Body>();
  if (auto rejection = CheckLetterLanguage(EventView::Text(body.language()))) return rejection;
  return CheckAttributes(body.attributes());
}

// Lets a limit in the event's currency hold from its date on, if one is given.
inline void KeepLimit(Customer& customer, EventView event, const schema::Amount* limit) {
  if (limit != nullptr) customer.credit.limits.push_back({event.date(), event.currency(), limit->minor()});
}

// Lets what the event says of the customer hold from its date on.
template <class Body>
void EvolveMaster(Customer& customer, EventView event, const Body& body) {
  const std::string_view terms = EventView::Text(body.terms());
  const std::string_view salesperson = EventView::Text(body.salesperson());
  KeepLimit(customer, event, body.limit());
  if (!terms.empty()) customer.terms.push_back({event.date(), std::string(terms)});
  if (!salesperson.empty()) customer.salespersons.push_back({event.date(), Nfc(salesperson)});
}

// Moves the figures of what the event says of the customer, whom the event with this seq introduced.
template <class Body>
void MoveMaster(uint64_t customer, const Body& body, Figures& figures) {
  figures.Describe(customer, kNameAttribute, EventView::Text(body.name()));
  figures.Describe(customer, kTermsAttribute, EventView::Text(body.terms()));
  figures.Describe(customer, kSalespersonAttribute, EventView::Text(body.salesperson()));
  if (body.limit() != nullptr) figures.SetLimit(customer, body.limit()->minor());
  if (body.attributes() == nullptr) return;
  for (const schema::CustomerAttribute* attribute : *body.attributes()) {
    figures.Describe(customer, EventView::Text(attribute->name()), EventView::Text(attribute->value()));
  }
}

}  // namespace duebook
