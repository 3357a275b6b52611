// Payments and credit notes: what invoices are paid with.

#pragma once

#include "ledger/events/documents.h"

namespace duebook {

// What is applied or refunded: the payment or the credit note that an event names.
struct FundingName {
  DocumentKind kind;
  std::string_view number;
};

// "payment P-1"
std::string Called(const FundingName& name);

Rejection RefuseReversed(const FundingName& name);

// Requires that it is there to be used: see CheckFunding.
const Funding& NamedFunding(RuleCase& rule_case, const FundingName& name);

// Refuses what was reversed, and a credit note that was issued on an invoice.
std::optional<Rejection> CheckMayBeUsed(RuleCase& rule_case, const FundingName& name);

// Refuses to take more than what is unapplied on any day from this one on. `doing` says what takes it: "applying".
std::optional<Rejection> CheckUnapplied(const Funding& funding, const FundingName& name, Date date, Minor amount,
                                        std::string_view doing);

// Of a PaymentApplied or a RefundPaid.
template <class Body>
FundingName FundingOf(const Body& body) {
  if (body.payment() != nullptr) return {DocumentKind::kPayment, EventView::Text(body.payment())};
  return {DocumentKind::kCreditNote, EventView::Text(body.credit_note())};
}

template <class Body>
std::optional<Rejection> CheckFunding(RuleCase& rule_case) {
  return CheckMayBeUsed(rule_case, FundingOf(rule_case.event.body<Body>()));
}

}  // namespace duebook
