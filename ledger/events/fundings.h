// Payments and credit notes: what invoices are paid with.

#pragma once

#include "ledger/events/documents.h"

namespace duebook {

// Returns the field of a PaymentApplied or a RefundPaid that names what is applied or refunded.
std::string_view FundingField(const Named& named);
// Returns what it names. Requires that one of the two does.
const NamedDocument& NamedFunding(const Named& named);

// Returns the seq of the payment or credit note that an event of such a type takes from.
uint64_t ReferredFunding(EventView event);

// "payment P-1"
std::string Called(const NamedDocument& funding);

Rejection RefuseReversed(const NamedDocument& funding);

// Refuses a payment that was reversed, if the field `payment` names one.
std::optional<Rejection> CheckPaymentStands(RuleCase& rule_case);

// Refuses what was reversed, and a credit note that was issued on an invoice.
std::optional<Rejection> CheckFunding(RuleCase& rule_case);

// Refuses to take more than what is unapplied on any day from this one on. `doing` says what takes it: "applying".
std::optional<Rejection> CheckUnapplied(const NamedDocument& named, Date date, Minor amount, std::string_view doing);

}  // namespace duebook
