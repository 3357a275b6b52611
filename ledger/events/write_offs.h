// What the rules of write-offs have in common.

#pragma once

#include "ledger/events/documents.h"

namespace duebook {

// Refuses for the state that a write-off is in, rather than the one that is needed.
Rejection RefuseState(RejectionCode code, const NamedDocument& write_off, std::string_view needed);
// Refuses a date that is before something earlier.
Rejection RefuseCausal(std::string_view what, Date date, Date earliest);
// Refuses to write off more of an invoice than is open on any day from this one on.
std::optional<Rejection> CheckOpenToWriteOff(const Books::Found& named, Date date, Minor amount);

// Returns what was requested of a customer in a currency; the end if nothing was.
template <class Requested>
auto FindRequested(Requested& requested, Currency currency) {
  return std::find_if(requested.begin(), requested.end(), [&](const auto& each) { return each.first == currency; });
}

// Changes what is added up when the band of the customer's next write-off is chosen, by what is of this day.
void ChangeRequested(Customer& customer, Currency currency, Date date, Sum change);
// The same by a write-off of the event's customer, taken `sign` times.
void ChangeRequested(const EvolveCase& evolve_case, const WriteOff& write_off, int sign);

// Refuse a write-off that is not in force, and a date before it was.
std::optional<Rejection> CheckIsInForce(RuleCase& rule_case);
std::optional<Rejection> CheckCameIntoForce(RuleCase& rule_case);

}  // namespace duebook
