// A debit note: more is to be paid of an invoice.

#include <fmt/core.h>

#include "ledger/events/debit_note_kinds.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/schedules.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

void EvolveDebitNoteIssued(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::DebitNoteIssued>();
  const std::string_view number = EventView::Text(body.debit_note());
  EvolveBase(evolve_case, evolve_case.books.CreateDocument<PlainDocument>(DocumentKind::kDebitNote, number),
             body.amount());
  AddDebitNote(evolve_case.books, evolve_case.Find("invoice"),
               {evolve_case.event.seq(), evolve_case.event.date(), body.amount()->minor()});
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
  ReverseDebitNote(books, changed, original.seq, date);
}

std::optional<Rejection> CheckKind(RuleCase& rule_case) {
  const std::string_view kind = EventView::Text(rule_case.event.body<schema::DebitNoteIssued>().kind());
  if (kind.empty() || kind == kInterestNote || kind == kChargeNote || kind == kOtherNote) return std::nullopt;
  return Rejection{RejectionCode::kBadField,
                   fmt::format("{} is no kind of debit note; write {}, {} or {}", Quoted(kind), kInterestNote,
                               kChargeNote, kOtherNote),
                   "kind"};
}

// Its subject is the invoice, key is the kind where it is said, and day the last one that it bills interest for.
void MoveDebitNoteIssued(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DebitNoteIssued>();
  const uint64_t invoice = event.Referred("invoice");
  const Minor amount = body.amount()->minor();
  figures.Move(invoice, MovementKind::kDebited, amount, event.date());
  figures.AddFact({.subject = invoice,
                   .amount = amount,
                   .day = body.through() == nullptr ? event.date() : DateOf(*body.through()),
                   .key = EventView::Text(body.kind())});
}

}  // namespace

const EventKind kDebitNoteIssued{
    .chinese = "借项通知单",
    .sentence =
        "Debit note {debit_note} of {amount} issued on invoice {invoice}[, {kind}][ through {through}][: {reason}]",
    .chinese_sentence =
        "开具借项通知单 {debit_note}，金额 {amount}，增加发票 {invoice}[，{kind}][ 至 {through}][：{reason}]",
    .check_fields = CheckKind,
    .evolve = EvolveDebitNoteIssued,
    .undo = {.changes = {"invoice"}, .check_state = CheckInvoiceStands, .decide = CheckOpen, .evolve = EvolveUndone},
    .moves = MoveDebitNoteIssued,
};

}  // namespace duebook
