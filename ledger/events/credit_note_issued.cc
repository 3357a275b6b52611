// A credit note: on an invoice, of which it takes off, or to be applied later.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideCreditNoteIssued(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::CreditNoteIssued>();
  const std::string_view number = EventView::Text(body.invoice());
  if (number.empty()) return std::nullopt;
  const Invoice& invoice = *rule_case.books.FindDocument<Invoice>(DocumentKind::kInvoice, number);
  const Minor amount = body.amount()->minor();
  const Timeline::Extreme least = invoice.open.LeastFrom(rule_case.event.date());
  if (least.value < amount) {
    return Rejection{
        RejectionCode::kMoreThanOpen,
        fmt::format("crediting {} would leave {} open of invoice {} on {}", Shown(amount, invoice.currency),
                    Shown(least.value - amount, invoice.currency), number, least.date.ToString()),
        "amount"};
  }
  return std::nullopt;
}

void EvolveCreditNoteIssued(Books& books, EventView event) {
  const auto& body = event.body<schema::CreditNoteIssued>();
  const std::string_view number = EventView::Text(body.credit_note());
  const std::string_view invoice = EventView::Text(body.invoice());
  if (invoice.empty()) {
    auto& funding = books.CreateDocument<Funding>(DocumentKind::kCreditNote, number);
    EvolveBase(books, funding, event, body.amount());
    funding.unapplied.Add(funding.date, funding.amount);
    EvolveReversible(books, event, DocumentKind::kCreditNote, number);
  } else {
    EvolveBase(books, books.CreateDocument<PlainDocument>(DocumentKind::kCreditNote, number), event, body.amount());
    ChangeOpen(books.MutableDocument<Invoice>(DocumentKind::kInvoice, invoice), event.date(), -body.amount()->minor());
    EvolveReversible(books, event, DocumentKind::kInvoice, invoice);
  }
}

// What a credit note that names no invoice has given must come back first.
std::optional<Rejection> CheckUnapplied(Books& books, const Reversible& original, Date date) {
  if (original.kind == DocumentKind::kInvoice) return std::nullopt;  // gives back what was taken
  const auto& credit_note = *books.FindDocument<Funding>(original.kind, original.number.text());
  const Timeline::Extreme least = credit_note.unapplied.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{RejectionCode::kMoreThanUnapplied,
                   fmt::format("of {} of credit note {} only {} is unapplied on {}; undo its use first",
                               Shown(original.amount, credit_note.currency), original.number,
                               Shown(least.value, credit_note.currency), least.date.ToString()),
                   "event"};
}

void EvolveUndone(Books& books, const Reversible& original, Date date) {
  if (original.kind == DocumentKind::kInvoice) {
    return ChangeOpen(books.MutableDocument<Invoice>(original.kind, original.number.text()), date, original.amount);
  }
  auto& credit_note = books.MutableDocument<Funding>(original.kind, original.number.text());
  credit_note.reversed = true;
  credit_note.unapplied.Add(date, -original.amount);
}

}  // namespace

const EventKind kCreditNoteIssued{
    .chinese = "贷项通知单",
    .sentence = "Credit note {credit_note} of {amount} issued[ on invoice {invoice}][: {reason}]",
    .chinese_sentence = "开具贷项通知单 {credit_note}，金额 {amount}[，冲减发票 {invoice}][：{reason}]",
    .decide = DecideCreditNoteIssued,
    .evolve = EvolveCreditNoteIssued,
    .undo = {.check_state = CheckInvoiceStands, .decide = CheckUnapplied, .evolve = EvolveUndone},
};

}  // namespace duebook
