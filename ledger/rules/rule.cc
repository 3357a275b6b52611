#include "ledger/rules/rule.h"

#include <algorithm>
#include <array>

namespace duebook {

namespace {

constexpr size_t kEventTypes = static_cast<size_t>(EventType::MAX) + 1;

void EvolveNothing(Books& /*books*/, EventView /*event*/) {}

std::array<Rule, kEventTypes> MakeRules() {
  std::array<Rule, kEventTypes> rules;
  rules.fill(Rule{.evolve = EvolveNothing});
  const auto set = [&](EventType type, const Rule& rule) { rules[static_cast<size_t>(type)] = rule; };
  set(EventType::CustomerOpened, kCustomerOpened);
  set(EventType::CustomerChanged, kCustomerChanged);
  set(EventType::SalespersonAssigned, kSalespersonAssigned);
  set(EventType::TermsSet, kTermsSet);
  set(EventType::ShipmentRecorded, kShipmentRecorded);
  set(EventType::ShipmentReturned, kShipmentReturned);
  set(EventType::InvoiceIssued, kInvoiceIssued);
  set(EventType::CreditNoteIssued, kCreditNoteIssued);
  set(EventType::DebitNoteIssued, kDebitNoteIssued);
  set(EventType::InvoiceVoided, kInvoiceVoided);
  set(EventType::PaymentReceived, kPaymentReceived);
  set(EventType::PaymentApplied, kPaymentApplied);
  set(EventType::ApplicationReversed, kApplicationReversed);
  set(EventType::PaymentReversed, kPaymentReversed);
  set(EventType::RefundPaid, kRefundPaid);
  set(EventType::PromiseMade, kPromiseMade);
  set(EventType::PromiseWithdrawn, kPromiseWithdrawn);
  set(EventType::DisputeOpened, kDisputeOpened);
  set(EventType::DisputeResolved, kDisputeResolved);
  set(EventType::WriteOffRequested, kWriteOffRequested);
  set(EventType::WriteOffApproved, kWriteOffApproved);
  set(EventType::WriteOffRejected, kWriteOffRejected);
  set(EventType::WriteOffReversed, kWriteOffReversed);
  set(EventType::RecoveryReceived, kRecoveryReceived);
  set(EventType::EventReversed, kEventReversed);
  set(EventType::RoleGranted, kRoleChange);
  set(EventType::RoleRevoked, kRoleChange);
  set(EventType::WriteOffPolicySet, kWriteOffPolicySet);
  set(EventType::PeriodClosed, kPeriodClosed);
  set(EventType::PeriodReopened, kPeriodReopened);
  set(EventType::SigningKeyChanged, kSigningKeyChanged);
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

}  // namespace duebook
