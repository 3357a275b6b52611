// A debit note: more is to be paid of an invoice.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveDebitNoteIssued(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::DebitNoteIssued>();
  const std::string_view number = EventView::Text(body.debit_note());
  EvolveBase(evolve_case, evolve_case.books.CreateDocument<PlainDocument>(DocumentKind::kDebitNote, number),
             body.amount());
  ChangeDebited(evolve_case.books, evolve_case.Find("invoice"), evolve_case.event.date(), body.amount()->minor());
}

// A debit note raised what is open, so undoing it lowers it.
std::optional<Rejection> CheckOpen(const Reversible& original, const Books::Found& changed, Date date) {
  const auto& invoice = changed.Get<Invoice>();
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanOpen,
      fmt::format("undoing {} on invoice {} would leave {} open on {}", Shown(original.amount, invoice.currency),
                  original.number, Shown(least.value - original.amount, invoice.currency), least.date.ToString()),
      "event"};
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  ChangeDebited(books, changed, date, -original.amount);
}

void MoveDebitNoteIssued(EventView event, Figures& figures) {
  const Minor amount = event.body<schema::DebitNoteIssued>().amount()->minor();
  figures.Move(event.Referred("invoice"), MovementKind::kDebited, amount, event.date());
}

}  // namespace

const EventKind kDebitNoteIssued{
    .chinese = "借项通知单",
    .sentence =
        "Debit note {debit_note} of {amount} issued on invoice {invoice}[, {kind}][ through {through}][: {reason}]",
    .chinese_sentence =
        "开具借项通知单 {debit_note}，金额 {amount}，增加发票 {invoice}[，{kind}][ 至 {through}][：{reason}]",
    .evolve = EvolveDebitNoteIssued,
    .undo = {.changes = {"invoice"}, .check_state = CheckInvoiceStands, .decide = CheckOpen, .evolve = EvolveUndone},
    .moves = MoveDebitNoteIssued,
};

}  // namespace duebook
