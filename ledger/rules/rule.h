// The rules: for each event type, whether an event is admitted (decide) and what it changes in the books (evolve).
//
// decide reads the books and answers with one rejection or none; no clock, input, output or randomness. Each is a
// ladder: one line a refusal, in the order of RejectionCode, then "from here on it succeeds". evolve folds an admitted
// event and cannot refuse anything; of an event that was never admitted it makes the books' status. Both are called
// with the general rules (general.h) already kept.

#pragma once

#include <absl/container/inlined_vector.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/books/books.h"
#include "ledger/command/command.h"
#include "ledger/command/rejection.h"
#include "ledger/proof/ledger_identity.h"

namespace duebook {

// A document that the command names, as the books have it.
struct NamedDocument {
  DocumentKind kind = DocumentKind::kNone;
  std::string_view number;
  std::string_view field;
  const DocumentBase* document = nullptr;
};

using NamedDocuments = absl::InlinedVector<NamedDocument, 3>;

// A command about to be decided: customer and currency filled in, every document that it names found.
struct RuleCase {
  Books& books;
  const LedgerIdentity& ledger;
  Command& command;
  EventView event;                     // of the command
  const Customer* customer = nullptr;  // null if the event is about none
  NamedDocuments named;                // in the order of the fields
  // Events that the ledger makes of its own accord, to be recorded just before the command's, in this order.
  std::vector<Command>& preceding;
};

struct Rule {
  std::optional<Rejection> (*decide)(RuleCase& rule_case);
  void (*evolve)(Books& books, EventView event);
};

const Rule& RuleOf(EventType type);

// "500.00 CNY"
std::string Shown(Sum amount, Currency currency);

// Fills what every document's record has from the event that introduces it.
void EvolveBase(Books& books, DocumentBase& document, EventView event, const schema::Amount* amount);

// Changes what is open of the invoice from this day on.
void ChangeOpen(Invoice& invoice, Date date, Sum change);
// The same for what applications and write-offs settle of it: open falls by what `settled` rises.
void Settle(Invoice& invoice, Date date, Sum amount);

// Changes what was refunded of it. Rules see to it that this is never more than its amount.
void ChangeRefunded(Books& books, Funding& funding, Sum change);

// Keeps the event for EventReversed, with the document that it changed. To be called once that has its record.
void EvolveReversible(Books& books, EventView event, DocumentKind kind, std::string_view number);

// The rules by group; the table of them all is in rule.cc.
std::optional<Rejection> AdmitAlways(RuleCase& rule_case);
void EvolveNothing(Books& books, EventView event);
std::optional<Rejection> DecideCustomerOpened(RuleCase& rule_case);
void EvolveCustomerOpened(Books& books, EventView event);
std::optional<Rejection> DecideCustomerChanged(RuleCase& rule_case);
void EvolveCustomerChanged(Books& books, EventView event);
void EvolveSalespersonAssigned(Books& books, EventView event);
void EvolveTermsSet(Books& books, EventView event);
std::optional<Rejection> DecideTermsSet(RuleCase& rule_case);
void EvolveShipmentRecorded(Books& books, EventView event);
std::optional<Rejection> DecideShipmentReturned(RuleCase& rule_case);
void EvolveShipmentReturned(Books& books, EventView event);
std::optional<Rejection> DecideInvoiceIssued(RuleCase& rule_case);
void EvolveInvoiceIssued(Books& books, EventView event);
std::optional<Rejection> DecideCreditNoteIssued(RuleCase& rule_case);
void EvolveCreditNoteIssued(Books& books, EventView event);
void EvolveDebitNoteIssued(Books& books, EventView event);
std::optional<Rejection> DecideInvoiceVoided(RuleCase& rule_case);
void EvolveInvoiceVoided(Books& books, EventView event);
void EvolvePaymentReceived(Books& books, EventView event);
std::optional<Rejection> DecidePaymentApplied(RuleCase& rule_case);
void EvolvePaymentApplied(Books& books, EventView event);
std::optional<Rejection> DecideApplicationReversed(RuleCase& rule_case);
void EvolveApplicationReversed(Books& books, EventView event);
std::optional<Rejection> DecidePaymentReversed(RuleCase& rule_case);
void EvolvePaymentReversed(Books& books, EventView event);
std::optional<Rejection> DecideRefundPaid(RuleCase& rule_case);
void EvolveRefundPaid(Books& books, EventView event);
std::optional<Rejection> DecidePromiseMade(RuleCase& rule_case);
void EvolvePromiseMade(Books& books, EventView event);
std::optional<Rejection> DecidePromiseWithdrawn(RuleCase& rule_case);
void EvolvePromiseWithdrawn(Books& books, EventView event);
void EvolveDisputeOpened(Books& books, EventView event);
std::optional<Rejection> DecideDisputeResolved(RuleCase& rule_case);
void EvolveDisputeResolved(Books& books, EventView event);
std::optional<Rejection> DecideWriteOffRequested(RuleCase& rule_case);
void EvolveWriteOffRequested(Books& books, EventView event);
std::optional<Rejection> DecideWriteOffApproved(RuleCase& rule_case);
void EvolveWriteOffApproved(Books& books, EventView event);
std::optional<Rejection> DecideWriteOffRejected(RuleCase& rule_case);
void EvolveWriteOffRejected(Books& books, EventView event);
std::optional<Rejection> DecideWriteOffReversed(RuleCase& rule_case);
void EvolveWriteOffReversed(Books& books, EventView event);
std::optional<Rejection> DecideRecoveryReceived(RuleCase& rule_case);
void EvolveRecoveryReceived(Books& books, EventView event);
std::optional<Rejection> DecideEventReversed(RuleCase& rule_case);
void EvolveEventReversed(Books& books, EventView event);
std::optional<Rejection> DecideRoleChange(RuleCase& rule_case);
void EvolveRoleChange(Books& books, EventView event);
std::optional<Rejection> DecideWriteOffPolicySet(RuleCase& rule_case);
void EvolveWriteOffPolicySet(Books& books, EventView event);
std::optional<Rejection> DecidePeriodClosed(RuleCase& rule_case);
void EvolvePeriodClosed(Books& books, EventView event);
std::optional<Rejection> DecidePeriodReopened(RuleCase& rule_case);
void EvolvePeriodReopened(Books& books, EventView event);
std::optional<Rejection> DecideSigningKeyChanged(RuleCase& rule_case);
void EvolveSigningKeyChanged(Books& books, EventView event);

}  // namespace duebook
