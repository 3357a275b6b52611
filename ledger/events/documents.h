// What the rules of several types do to the records of documents.

#pragma once

#include "ledger/events/event_kind.h"

namespace duebook {

// "500.00 CNY"
std::string Shown(Sum amount, Currency currency);

// Refuses a tax that is more than the amount, which includes it.
std::optional<Rejection> CheckTax(EventView event, const schema::Amount* tax, const schema::Amount* amount);
template <class Body>
std::optional<Rejection> CheckTaxOf(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<Body>();
  return CheckTax(rule_case.event, body.tax(), body.amount());
}

// Fills what every document's record has from the event that introduces it.
void EvolveBase(const EvolveCase& evolve_case, DocumentBase& document, const schema::Amount* amount);

// Changes what is open of the invoice from this day on.
void ChangeOpen(Invoice& invoice, Date date, Sum change);
// The same for what applications and write-offs settle of it: open falls by what `settled` rises.
void Settle(Invoice& invoice, Date date, Sum amount);

// Changes what was refunded of it. Rules see to it that this is never more than its amount.
void ChangeRefunded(Books& books, Funding& funding, Sum change);

// Keeps an event that EventReversed may undo, with the document that it changed (Undo::changes).
void KeepForUndo(const EvolveCase& evolve_case);

// Refuses a shipment that was reversed.
std::optional<Rejection> CheckShipmentStands(const NamedDocument& named);
// The same of every shipment that the event names.
std::optional<Rejection> CheckShipmentsStand(RuleCase& rule_case);

// Refuses to undo a note on an invoice that was voided: the void took its notes with it.
std::optional<Rejection> CheckInvoiceStands(const Reversible& original, const Books::Found& changed);

}  // namespace duebook
