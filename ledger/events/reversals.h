// What the ledger reverses of its own accord before an event: the differences that were closed beside an application
// which is reversed, and the differences and then the applications of a payment that is taken back (preceding.h).

#pragma once

#include "ledger/events/documents.h"

namespace duebook {

// The steps of an event that reverses the application which its field `application` names.
// Refuses a date before the payment closed a difference of the invoice.
std::optional<Rejection> CheckNoLaterDifference(RuleCase& rule_case);
// Adds the reversals of those differences that are not among what is recorded before the event anyway.
void ReverseDifferencesOfApplication(RuleCase& rule_case);

// The steps of an event that takes the payment back which its field `payment` names, with all that it paid.
// Refuses a date before the payment was last used, or something became of its bill.
std::optional<Rejection> CheckNotUsedLater(RuleCase& rule_case);
// Refuses a payment of which something was refunded. What was closed as a difference comes back first.
std::optional<Rejection> CheckNothingRefunded(RuleCase& rule_case);
void ReverseApplications(RuleCase& rule_case);  // with the differences
void EvolvePaymentTakenBack(const EvolveCase& evolve_case);
// `amount` is the payment's, as the event says it.
void MovePaymentTakenBack(EventView event, const schema::Amount* amount, Figures& figures);

}  // namespace duebook
