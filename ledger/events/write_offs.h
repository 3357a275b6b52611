// What the rules of write-offs have in common.

#pragma once

#include "ledger/events/documents.h"

namespace duebook {

// Requires that it is there.
const WriteOff& NamedWriteOff(RuleCase& rule_case, std::string_view number);

// Refuses for the state that a write-off is in, rather than the one that is needed.
Rejection RefuseState(RejectionCode code, std::string_view number, WriteOffState state, std::string_view needed);
// Refuses a date that is before something earlier.
Rejection RefuseCausal(std::string_view what, Date date, Date earliest);
// Refuses to write off more of an invoice than is open on any day from this one on.
std::optional<Rejection> CheckOpenToWriteOff(Books& books, std::string_view number, Date date, Minor amount);

// Returns what was requested of a customer in a currency; the end if nothing was.
template <class Requested>
auto FindRequested(Requested& requested, Currency currency) {
  return std::find_if(requested.begin(), requested.end(), [&](const auto& each) { return each.first == currency; });
}

// Changes what was requested of the customer by this write-off's amount, taken `sign` times.
void ChangeRequested(Books& books, const WriteOff& write_off, int sign);

template <class Body>
std::optional<Rejection> CheckIsInForce(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<Body>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  if (write_off.state == WriteOffState::kInForce) return std::nullopt;
  return RefuseState(RejectionCode::kNotInForce, number, write_off.state, "in force");
}

template <class Body>
std::optional<Rejection> CheckCameIntoForce(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<Body>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  if (rule_case.event.date() >= write_off.in_force_from) return std::nullopt;
  return RefuseCausal("it came into force", rule_case.event.date(), write_off.in_force_from);
}

}  // namespace duebook
