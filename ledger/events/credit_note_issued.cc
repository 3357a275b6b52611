// A credit note: on an invoice, of which it takes off, or to be applied later.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideCreditNoteIssued(RuleCase& rule_case) {
  const NamedDocument* named = rule_case.named.Find("invoice");
  if (named == nullptr) return std::nullopt;
  const auto& invoice = named->Get<Invoice>();
  const Minor amount = rule_case.event.body<schema::CreditNoteIssued>().amount()->minor();
  const Timeline::Extreme least = invoice.open.LeastFrom(rule_case.event.date());
  if (least.value < amount) {
    return Rejection{
        RejectionCode::kMoreThanOpen,
        fmt::format("crediting {} would leave {} open of invoice {} on {}", Shown(amount, invoice.currency),
                    Shown(least.value - amount, invoice.currency), named->number(), least.date.ToString()),
        "amount"};
  }
  return std::nullopt;
}

void EvolveCreditNoteIssued(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const auto& body = evolve_case.event.body<schema::CreditNoteIssued>();
  const std::string_view number = EventView::Text(body.credit_note());
  const NamedDocument* invoice = evolve_case.named.Find("invoice");
  if (invoice == nullptr) {
    Name kept;
    auto& funding = books.CreateDocument<Funding>(DocumentKind::kCreditNote, number, &kept);
    evolve_case.MutableCustomer().credit.credit_notes.push_back(kept);
    EvolveBase(evolve_case, funding, body.amount());
    funding.unapplied.Add(funding.date, funding.amount);
  } else {
    EvolveBase(evolve_case, books.CreateDocument<PlainDocument>(DocumentKind::kCreditNote, number), body.amount());
    ChangeOpen(books.Mutable<Invoice>(invoice->found), evolve_case.event.date(), -body.amount()->minor());
  }
}

// Refuses while something of a credit note that names no invoice is used: that must come back first.
std::optional<Rejection> CheckUnapplied(const Reversible& original, const Books::Found& changed, Date date) {
  if (original.kind == DocumentKind::kInvoice) return std::nullopt;  // gives back what was taken
  const auto& credit_note = changed.Get<Funding>();
  const Timeline::Extreme least = credit_note.unapplied.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{RejectionCode::kMoreThanUnapplied,
                   fmt::format("of {} of credit note {} only {} is unapplied on {}; undo its use first",
                               Shown(original.amount, credit_note.currency), original.number,
                               Shown(least.value, credit_note.currency), least.date.ToString()),
                   "event"};
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  if (original.kind == DocumentKind::kInvoice) {
    return ChangeOpen(books.Mutable<Invoice>(changed), date, original.amount);
  }
  auto& credit_note = books.Mutable<Funding>(changed);
  credit_note.reversed = true;
  credit_note.unapplied.Add(date, -original.amount);
}

// Where it settles a dispute, that is its subject.
void MoveCreditNoteIssued(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CreditNoteIssued>();
  const Minor amount = body.amount()->minor();
  if (body.invoice() == nullptr) {
    figures.AddItem({ItemKind::kCreditNote, EventView::Text(body.credit_note()), event.date(), amount});
  } else {
    figures.Move(event.Referred("invoice"), MovementKind::kCredited, -amount, event.date());
  }
  if (body.dispute() != nullptr) figures.AddFact({.subject = event.Referred("dispute"), .amount = amount});
}

}  // namespace

const EventKind kCreditNoteIssued{
    .chinese = "贷项通知单",
    .sentence =
        "Credit note {credit_note} of {amount} issued[, of which tax {tax}][ on invoice {invoice}][, for dispute "
        "{dispute}][: {reason}]",
    .chinese_sentence =
        "开具贷项通知单 {credit_note}，金额 {amount}[，其中税额 {tax}][，冲减发票 {invoice}][，针对争议 "
        "{dispute}][：{reason}]",
    .check_fields = CheckTaxOf<schema::CreditNoteIssued>,
    .decide = DecideCreditNoteIssued,
    .evolve = EvolveCreditNoteIssued,
    .undo = {.changes = {"invoice"},
             .check_state = CheckInvoiceStands,
             .decide = CheckUnapplied,
             .evolve = EvolveUndone},
    .moves = MoveCreditNoteIssued,
};

}  // namespace duebook
