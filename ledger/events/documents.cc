#include "ledger/events/documents.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/event/event_fields.h"

namespace duebook {

std::string Shown(Sum amount, Currency currency) { return FormatAmount(amount, currency) + " " + currency.ToString(); }

namespace {

void Keep(const EvolveCase& evolve_case, DocumentKind kind, Name number, uint64_t parent_seq, uint64_t invoice_seq) {
  const EventView event = evolve_case.event;
  auto& original = evolve_case.books.CreateDocument<Reversible>(DocumentKind::kEvent, event.id());
  EvolveBase(evolve_case, original, nullptr);
  original.amount = AmountOf(StructField<schema::Amount>(event.body_table(), *event.info().FindField("amount")));
  original.type = event.type();
  original.kind = kind;
  original.number = number;
  original.parent_seq = parent_seq;
  original.invoice_seq = invoice_seq;
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

void EvolveReversible(const EvolveCase& evolve_case, const NamedDocument* changed) {
  if (changed == nullptr || !changed->found) {
    return evolve_case.books.Distrust("it changes what no event before it introduced");
  }
  const auto* write_off = changed->As<WriteOff>();
  Keep(evolve_case, changed->kind, changed->found.number(), changed->document().seq,
       write_off == nullptr ? 0 : write_off->invoice_seq);
}

void EvolveReversible(const EvolveCase& evolve_case, DocumentKind kind, Name number, uint64_t invoice_seq) {
  Keep(evolve_case, kind, number, 0, invoice_seq);
}

std::optional<Rejection> CheckShipmentStands(const NamedDocument& named) {
  if (!named.As<Shipment>()->reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("shipment {} was reversed", named.number()),
                   std::string(named.field)};
}

std::optional<Rejection> CheckInvoiceStands(const Books::Found& changed) {
  const auto* invoice = changed.As<Invoice>();
  if (invoice == nullptr || !invoice->voided) return std::nullopt;
  return Rejection{RejectionCode::kInvoiceVoided, fmt::format("invoice {} was voided", changed.number().text()),
                   "event"};
}

}  // namespace duebook
