// EventReversed: undoes what has no reversal of its own name, from its own date on.

#include <fmt/core.h>

#include "ledger/rules/rule.h"

namespace duebook {

namespace {

// An invoice that was voided took its notes with it.
std::optional<Rejection> CheckInvoiceStands(Books& books, const Reversible& original) {
  const bool is_note = original.type == EventType::DebitNoteIssued || original.type == EventType::CreditNoteIssued;
  if (!is_note || original.kind != DocumentKind::kInvoice) return std::nullopt;
  if (!books.FindDocument<Invoice>(original.kind, original.number.text())->voided) return std::nullopt;
  return Rejection{RejectionCode::kInvoiceVoided, fmt::format("invoice {} was voided", original.number.text()),
                   "event"};
}

// A debit note raised what is open, so undoing it lowers it.
std::optional<Rejection> CheckOpen(const Invoice& invoice, const Reversible& original, Date date) {
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanOpen,
      fmt::format("undoing {} on invoice {} would leave {} open on {}", Shown(original.amount, invoice.currency),
                  original.number, Shown(least.value - original.amount, invoice.currency), least.date.ToString()),
      "event"};
}

// Of a credit note that names no invoice.
std::optional<Rejection> CheckUnapplied(const Funding& credit_note, const Reversible& original, Date date) {
  const Timeline::Extreme least = credit_note.unapplied.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{RejectionCode::kMoreThanUnapplied,
                   fmt::format("of {} of credit note {} only {} is unapplied on {}; undo its use first",
                               Shown(original.amount, credit_note.currency), original.number,
                               Shown(least.value, credit_note.currency), least.date.ToString()),
                   "event"};
}

std::optional<Rejection> CheckNothingReturned(const Shipment& shipment, const Reversible& original, Date date) {
  const Timeline::Extreme least = shipment.kept.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{RejectionCode::kStillApplied,
                   fmt::format("{} of shipment {} was returned; reverse that first",
                               Shown(original.amount - least.value, shipment.currency), original.number.text()),
                   "event"};
}

std::optional<Rejection> CheckEffect(Books& books, const Reversible& original, Date date) {
  switch (original.type) {
    case EventType::DebitNoteIssued:
      return CheckOpen(*books.FindDocument<Invoice>(original.kind, original.number.text()), original, date);
    case EventType::CreditNoteIssued:
      if (original.kind == DocumentKind::kInvoice) return std::nullopt;
      return CheckUnapplied(*books.FindDocument<Funding>(original.kind, original.number.text()), original, date);
    case EventType::ShipmentRecorded:
      return CheckNothingReturned(*books.FindDocument<Shipment>(original.kind, original.number.text()), original, date);
    default:
      return std::nullopt;  // gives back what was taken
  }
}

const Reversible& NamedOriginal(RuleCase& rule_case) {
  const std::string_view id = EventView::Text(rule_case.event.body<schema::EventReversed>().event());
  return *rule_case.books.FindDocument<Reversible>(DocumentKind::kEvent, id);
}

std::optional<Rejection> CheckMayBeUndone(RuleCase& rule_case) {
  const Reversible& original = NamedOriginal(rule_case);
  if (auto rejection = CheckInvoiceStands(rule_case.books, original)) return rejection;
  if (!original.reversed) return std::nullopt;
  const std::string_view id = EventView::Text(rule_case.event.body<schema::EventReversed>().event());
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("event {} was reversed already", id), "event"};
}

std::optional<Rejection> DecideEventReversed(RuleCase& rule_case) {
  const Reversible& original = NamedOriginal(rule_case);
  if (auto rejection = CheckEffect(rule_case.books, original, rule_case.event.date())) return rejection;
  // From here on it succeeds.
  rule_case.command.SetInternal("amount", original.amount);
  return std::nullopt;
}

void EvolveEventReversed(Books& books, EventView event) {
  auto& original = books.MutableDocument<Reversible>(DocumentKind::kEvent,
                                                     EventView::Text(event.body<schema::EventReversed>().event()));
  original.reversed = true;
  const Date date = event.date();
  const Minor amount = original.amount;
  switch (original.type) {
    case EventType::DebitNoteIssued:
      return ChangeOpen(books.MutableDocument<Invoice>(original.kind, original.number.text()), date, -amount);
    case EventType::CreditNoteIssued: {
      if (original.kind == DocumentKind::kInvoice) {
        return ChangeOpen(books.MutableDocument<Invoice>(original.kind, original.number.text()), date, amount);
      }
      auto& credit_note = books.MutableDocument<Funding>(original.kind, original.number.text());
      credit_note.reversed = true;
      credit_note.unapplied.Add(date, -amount);
      return;
    }
    case EventType::RefundPaid: {
      auto& funding = books.MutableDocument<Funding>(original.kind, original.number.text());
      ChangeRefunded(books, funding, -Sum{amount});
      funding.unapplied.Add(date, amount);
      return;
    }
    case EventType::RecoveryReceived:
      books.MutableDocument<WriteOff>(original.kind, original.number.text()).recovered.Add(date, -amount);
      return;
    case EventType::ShipmentReturned:
      books.MutableDocument<Shipment>(original.kind, original.number.text()).kept.Add(date, amount);
      return;
    case EventType::ShipmentRecorded: {
      auto& shipment = books.MutableDocument<Shipment>(original.kind, original.number.text());
      shipment.reversed = true;
      shipment.kept.Add(date, -amount);
      return;
    }
    default:
      return books.Distrust("it undoes what cannot be undone so");
  }
}

}  // namespace

void EvolveReversible(Books& books, EventView event, DocumentKind kind, std::string_view number) {
  const DocumentBase* document = books.FindDocument(kind, number);
  if (document == nullptr) return books.Distrust("it changes what no event before it introduced");
  const uint64_t parent_seq = document->seq == event.seq() ? 0 : document->seq;
  const auto* write_off = books.FindDocument<WriteOff>(kind, number);
  uint64_t invoice_seq = write_off == nullptr ? 0 : write_off->invoice_seq;
  if (event.type() == EventType::ShipmentRecorded) invoice_seq = event.reference(1);
  auto& original = books.CreateDocument<Reversible>(DocumentKind::kEvent, event.id());
  EvolveBase(books, original, event, nullptr);
  original.amount =
      AmountOf(event.body_table().GetStruct<const schema::Amount*>(event.info().FindField("amount")->vtable_offset));
  original.type = event.type();
  original.kind = kind;
  original.number = books.DocumentName(kind, number);
  original.parent_seq = parent_seq;
  original.invoice_seq = invoice_seq;
}

const Rule kEventReversed{
    .check_state = CheckMayBeUndone, .decide = DecideEventReversed, .evolve = EvolveEventReversed};

}  // namespace duebook
