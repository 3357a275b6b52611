// The rules: for each event type, whether an event is admitted (decide) and what it changes in the books (evolve).
//
// decide, and the checks before it, read the books and answer with one rejection or none; no clock, input, output or
// randomness. Each is a ladder: one line a refusal, in the order of RejectionCode; at the end of decide stands "from
// here on it succeeds". evolve folds an admitted event and cannot refuse anything; of an event that was never admitted
// it makes the books' status.

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

// What is asked of a command of one type, in this order among the general rules; each answers with its first reason to
// refuse, and null asks nothing. So of several reasons, whatever their types, the first of RejectionCode is the one
// given.
struct Rule {
  using Check = std::optional<Rejection> (*)(RuleCase& rule_case);
  Check check_fields = nullptr;  // what cannot be. What the command names may be missing
  Check check_state = nullptr;   // what the documents that it names allow no more
  Check check_dates = nullptr;   // causes of its own that it must not be dated before; closings of periods
  Check decide = nullptr;        // arithmetic, then people; then fills what the ledger works out
  void (*evolve)(Books& books, EventView event) = nullptr;
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
extern const Rule kCustomerOpened;
extern const Rule kCustomerChanged;
extern const Rule kSalespersonAssigned;
extern const Rule kTermsSet;
extern const Rule kShipmentRecorded;
extern const Rule kShipmentReturned;
extern const Rule kInvoiceIssued;
extern const Rule kCreditNoteIssued;
extern const Rule kDebitNoteIssued;
extern const Rule kInvoiceVoided;
extern const Rule kPaymentReceived;
extern const Rule kPaymentApplied;
extern const Rule kApplicationReversed;
extern const Rule kPaymentReversed;
extern const Rule kRefundPaid;
extern const Rule kPromiseMade;
extern const Rule kPromiseWithdrawn;
extern const Rule kDisputeOpened;
extern const Rule kDisputeResolved;
extern const Rule kWriteOffRequested;
extern const Rule kWriteOffApproved;
extern const Rule kWriteOffRejected;
extern const Rule kWriteOffReversed;
extern const Rule kRecoveryReceived;
extern const Rule kEventReversed;
extern const Rule kRoleChange;
extern const Rule kWriteOffPolicySet;
extern const Rule kPeriodClosed;
extern const Rule kPeriodReopened;
extern const Rule kSigningKeyChanged;

}  // namespace duebook
