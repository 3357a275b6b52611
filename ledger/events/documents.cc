#include "ledger/events/documents.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/event/event_fields.h"

namespace duebook {

std::string Shown(Sum amount, Currency currency) { return FormatAmount(amount, currency) + " " + currency.ToString(); }

std::optional<Rejection> CheckTax(EventView event, const schema::Amount* tax, const schema::Amount* amount) {
  if (AmountOf(tax) <= amount->minor()) return std::nullopt;
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("the tax of {} is more than the amount of {}, which includes it",
                               Shown(tax->minor(), event.currency()), Shown(amount->minor(), event.currency())),
                   "tax"};
}

namespace {

// What an event changed that may be undone.
struct Change {
  DocumentKind kind = DocumentKind::kNone;
  Name number;
  uint64_t parent_seq = 0;
  uint64_t invoice_seq = 0;
};

Change ChangeOfNamed(const NamedDocument& named) {
  const auto* write_off = named.As<WriteOff>();
  return {named.kind, named.found.number(), named.document().seq, write_off == nullptr ? 0 : write_off->invoice_seq};
}

// Returns the change of the document that the event introduced itself, if it did.
Change OwnChange(const EvolveCase& evolve_case) {
  Change change;
  for (const FieldInfo& field : evolve_case.event.info().fields) {
    if (field.names == DocumentKind::kInvoice && field.type == FieldType::kText)
      change.invoice_seq = evolve_case.event.Referred(field.name);
    if (field.introduces == DocumentKind::kNone) continue;
    const std::string_view number = TextField(evolve_case.event.body_table(), field);
    change.kind = field.introduces;
    change.number = evolve_case.books.FindDocument(field.introduces, number).number();
  }
  return change.kind == DocumentKind::kNone ? Change() : change;
}

// Nothing if the event names as changed what is not there.
std::optional<Change> ChangeOf(const EvolveCase& evolve_case) {
  for (const std::string_view field : KindOf(evolve_case.event.type()).undo.changes) {
    const NamedDocument* named = field.empty() ? nullptr : evolve_case.named.Find(field);
    if (named == nullptr) continue;
    return named->found ? std::optional(ChangeOfNamed(*named)) : std::nullopt;
  }
  return OwnChange(evolve_case);
}

}  // namespace

void EvolveBase(const EvolveCase& evolve_case, DocumentBase& document, const schema::Amount* amount) {
  const EventView event = evolve_case.event;
  const Books::Found& customer = evolve_case.named.customer;
  document.seq = event.seq();
  document.date = event.date();
  document.customer = customer ? customer.number() : evolve_case.books.Keep(event.customer());
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

void KeepForUndo(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  const auto change = ChangeOf(evolve_case);
  if (!change.has_value()) return evolve_case.books.Distrust("it changes what no event before it introduced");
  auto& original = evolve_case.books.CreateDocument<Reversible>(DocumentKind::kEvent, event.id());
  EvolveBase(evolve_case, original, nullptr);
  const FieldInfo* amount = event.info().FindField("amount");
  if (amount != nullptr) original.amount = AmountOf(StructField<schema::Amount>(event.body_table(), *amount));
  original.type = event.type();
  original.kind = change->kind;
  original.number = change->number;
  original.parent_seq = change->parent_seq;
  original.invoice_seq = change->invoice_seq;
}

std::optional<Rejection> CheckShipmentStands(const NamedDocument& named) {
  if (!named.Get<Shipment>().reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("shipment {} was reversed", named.number()),
                   std::string(named.field)};
}

std::optional<Rejection> CheckShipmentsStand(RuleCase& rule_case) {
  for (const NamedDocument& named : rule_case.named.documents) {
    if (named.kind != DocumentKind::kShipment) continue;
    if (auto rejection = CheckShipmentStands(named)) return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> CheckInvoiceStands(const Reversible& /*original*/, const Books::Found& changed) {
  const auto* invoice = changed.As<Invoice>();
  if (invoice == nullptr || !invoice->voided) return std::nullopt;
  return Rejection{RejectionCode::kInvoiceVoided, fmt::format("invoice {} was voided", changed.number().text()),
                   "event"};
}

}  // namespace duebook
