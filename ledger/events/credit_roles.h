// Who may decide about credit: as long as a credit policy is in force on an event's day, only people who hold the role
// for it and do not look after the customer. The role `credit` is free to all on a day on which nobody holds it. None
// of this is asked of events from another system.

#pragma once

#include "ledger/events/event_kind.h"

namespace duebook {

// Refuses who may not release holds, take guarantees and let invoices be paid later: for that it takes the role
// `credit` (missing_role, salesperson_approves).
std::optional<Rejection> CheckCreditKeeper(RuleCase& rule_case);

// Refuses who may not let a shipment pass, for which the policy names roles.
std::optional<Rejection> CheckMayOverride(RuleCase& rule_case);

// Refuses who may not set or approve this limit in the event's currency, for which the policy's bands name roles.
// `salesperson` looks after the customer on the event's day.
std::optional<Rejection> CheckMaySetLimit(RuleCase& rule_case, Minor limit, std::string_view salesperson);
std::optional<Rejection> CheckMaySetLimit(RuleCase& rule_case, Minor limit);

// Returns who looks after the event's customer on its day, as the books know it.
std::string_view SalespersonOf(const RuleCase& rule_case);

// The rule about the limit of CustomerOpened and CustomerChanged, if they give one: they may name the salesperson, too.
template <class Body>
std::optional<Rejection> CheckMaySetLimitOf(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<Body>();
  if (body.limit() == nullptr) return std::nullopt;
  const std::string_view named = EventView::Text(body.salesperson());
  return CheckMaySetLimit(rule_case, body.limit()->minor(), named.empty() ? SalespersonOf(rule_case) : named);
}

}  // namespace duebook
