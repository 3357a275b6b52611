// A debit note: more is to be paid of an invoice.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveDebitNoteIssued(Books& books, EventView event) {
  const auto& body = event.body<schema::DebitNoteIssued>();
  EvolveBase(books, books.CreateDocument<PlainDocument>(DocumentKind::kDebitNote, EventView::Text(body.debit_note())),
             event, body.amount());
  const std::string_view invoice = EventView::Text(body.invoice());
  ChangeOpen(books.MutableDocument<Invoice>(DocumentKind::kInvoice, invoice), event.date(), body.amount()->minor());
  EvolveReversible(books, event, DocumentKind::kInvoice, invoice);
}

// A debit note raised what is open, so undoing it lowers it.
std::optional<Rejection> CheckOpen(Books& books, const Reversible& original, Date date) {
  const auto& invoice = *books.FindDocument<Invoice>(original.kind, original.number.text());
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanOpen,
      fmt::format("undoing {} on invoice {} would leave {} open on {}", Shown(original.amount, invoice.currency),
                  original.number, Shown(least.value - original.amount, invoice.currency), least.date.ToString()),
      "event"};
}

void EvolveUndone(Books& books, const Reversible& original, Date date) {
  ChangeOpen(books.MutableDocument<Invoice>(original.kind, original.number.text()), date, -original.amount);
}

}  // namespace

const EventKind kDebitNoteIssued{
    .chinese = "借项通知单",
    .sentence = "Debit note {debit_note} of {amount} issued on invoice {invoice}[: {reason}]",
    .chinese_sentence = "开具借项通知单 {debit_note}，金额 {amount}，增加发票 {invoice}[：{reason}]",
    .evolve = EvolveDebitNoteIssued,
    .undo = {.check_state = CheckInvoiceStands, .decide = CheckOpen, .evolve = EvolveUndone},
};

}  // namespace duebook
