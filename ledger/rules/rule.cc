#include "ledger/rules/rule.h"

#include <algorithm>
#include <array>

namespace duebook {

namespace {

constexpr size_t kEventTypes = static_cast<size_t>(EventType::MAX) + 1;

std::array<Rule, kEventTypes> MakeRules() {
  std::array<Rule, kEventTypes> rules;
  rules.fill(Rule{AdmitAlways, EvolveNothing});
  const auto set = [&](EventType type, Rule rule) { rules[static_cast<size_t>(type)] = rule; };
  set(EventType::CustomerOpened, {DecideCustomerOpened, EvolveCustomerOpened});
  set(EventType::CustomerChanged, {DecideCustomerChanged, EvolveCustomerChanged});
  set(EventType::SalespersonAssigned, {AdmitAlways, EvolveSalespersonAssigned});
  set(EventType::TermsSet, {DecideTermsSet, EvolveTermsSet});
  set(EventType::ShipmentRecorded, {AdmitAlways, EvolveShipmentRecorded});
  set(EventType::ShipmentReturned, {DecideShipmentReturned, EvolveShipmentReturned});
  set(EventType::InvoiceIssued, {DecideInvoiceIssued, EvolveInvoiceIssued});
  set(EventType::CreditNoteIssued, {DecideCreditNoteIssued, EvolveCreditNoteIssued});
  set(EventType::DebitNoteIssued, {AdmitAlways, EvolveDebitNoteIssued});
  set(EventType::InvoiceVoided, {DecideInvoiceVoided, EvolveInvoiceVoided});
  set(EventType::PaymentReceived, {AdmitAlways, EvolvePaymentReceived});
  set(EventType::PaymentApplied, {DecidePaymentApplied, EvolvePaymentApplied});
  set(EventType::ApplicationReversed, {DecideApplicationReversed, EvolveApplicationReversed});
  set(EventType::PaymentReversed, {DecidePaymentReversed, EvolvePaymentReversed});
  set(EventType::RefundPaid, {DecideRefundPaid, EvolveRefundPaid});
  set(EventType::PromiseMade, {DecidePromiseMade, EvolvePromiseMade});
  set(EventType::PromiseWithdrawn, {DecidePromiseWithdrawn, EvolvePromiseWithdrawn});
  set(EventType::DisputeOpened, {AdmitAlways, EvolveDisputeOpened});
  set(EventType::DisputeResolved, {DecideDisputeResolved, EvolveDisputeResolved});
  set(EventType::WriteOffRequested, {DecideWriteOffRequested, EvolveWriteOffRequested});
  set(EventType::WriteOffApproved, {DecideWriteOffApproved, EvolveWriteOffApproved});
  set(EventType::WriteOffRejected, {DecideWriteOffRejected, EvolveWriteOffRejected});
  set(EventType::WriteOffReversed, {DecideWriteOffReversed, EvolveWriteOffReversed});
  set(EventType::RecoveryReceived, {DecideRecoveryReceived, EvolveRecoveryReceived});
  set(EventType::EventReversed, {DecideEventReversed, EvolveEventReversed});
  set(EventType::RoleGranted, {DecideRoleChange, EvolveRoleChange});
  set(EventType::RoleRevoked, {DecideRoleChange, EvolveRoleChange});
  set(EventType::WriteOffPolicySet, {DecideWriteOffPolicySet, EvolveWriteOffPolicySet});
  set(EventType::PeriodClosed, {DecidePeriodClosed, EvolvePeriodClosed});
  set(EventType::PeriodReopened, {DecidePeriodReopened, EvolvePeriodReopened});
  set(EventType::SigningKeyChanged, {DecideSigningKeyChanged, EvolveSigningKeyChanged});
  return rules;
}

}  // namespace

const Rule& RuleOf(EventType type) {
  static const std::array<Rule, kEventTypes> rules = MakeRules();
  return rules[static_cast<size_t>(type)];
}

std::string Shown(Sum amount, Currency currency) { return FormatAmount(amount, currency) + " " + currency.ToString(); }

void EvolveBase(Books& books, DocumentBase& document, EventView event, const schema::Amount* amount) {
  document.seq = event.seq();
  document.date = event.date();
  document.customer = books.CustomerName(event.customer());
  document.currency = event.currency();
  document.amount = AmountOf(amount);
}

void ChangeOpen(Invoice& invoice, Date date, Sum change) {
  invoice.open.Add(date, change);
  invoice.last_movement = std::max(invoice.last_movement, date);
}

void Settle(Invoice& invoice, Date date, Sum amount) {
  ChangeOpen(invoice, date, -amount);
  invoice.settled.Add(date, amount);
}

void ChangeRefunded(Books& books, Funding& funding, Sum change) {
  const Sum refunded = funding.refunded + change;
  if (refunded < 0 || refunded > funding.amount)
    return books.Distrust("it refunds more than there is, or gives back more than was refunded");
  funding.refunded = *ToMinor(refunded);
}

std::optional<Rejection> AdmitAlways(RuleCase& /*rule_case*/) { return std::nullopt; }

void EvolveNothing(Books& /*books*/, EventView /*event*/) {}

}  // namespace duebook
