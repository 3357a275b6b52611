#include "ledger/events/documents.h"

#include <fmt/core.h>

#include <algorithm>

namespace duebook {

std::string Shown(Sum amount, Currency currency) { return FormatAmount(amount, currency) + " " + currency.ToString(); }

void EvolveBase(Books& books, DocumentBase& document, EventView event, const schema::Amount* amount) {
  document.seq = event.seq();
  document.date = event.date();
  document.customer = books.CustomerName(event.customer());
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

void EvolveReversible(Books& books, EventView event, DocumentKind kind, std::string_view number) {
  const DocumentBase* document = books.FindDocument(kind, number);
  if (document == nullptr) return books.Distrust("it changes what no event before it introduced");
  const uint64_t parent_seq = document->seq == event.seq() ? 0 : document->seq;
  const auto* write_off = books.FindDocument<WriteOff>(kind, number);
  uint64_t invoice_seq = write_off == nullptr ? 0 : write_off->invoice_seq;
  if (event.type() == EventType::ShipmentRecorded) invoice_seq = event.Referred("invoice");
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

std::optional<Rejection> CheckShipmentStands(RuleCase& rule_case, std::string_view number, std::string_view field) {
  if (!rule_case.books.FindDocument<Shipment>(DocumentKind::kShipment, number)->reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("shipment {} was reversed", number),
                   std::string(field)};
}

std::optional<Rejection> CheckInvoiceStands(Books& books, const Reversible& original) {
  if (original.kind != DocumentKind::kInvoice) return std::nullopt;
  if (!books.FindDocument<Invoice>(original.kind, original.number.text())->voided) return std::nullopt;
  return Rejection{RejectionCode::kInvoiceVoided, fmt::format("invoice {} was voided", original.number.text()),
                   "event"};
}

}  // namespace duebook
