// Customers, shipments, invoices, and the notes that raise or lower what is open of an invoice.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/rules/rule.h"
#include "ledger/values/payment_terms.h"

namespace duebook {

namespace {

const Invoice* NamedInvoice(RuleCase& rule_case, std::string_view number) {
  return rule_case.books.FindDocument<Invoice>(DocumentKind::kInvoice, number);
}

// In whatever order they are given.
Date LastDue(const schema::InvoiceIssued& body) {
  Date last = Date::Min();
  for (const schema::Instalment* instalment : *body.instalments()) last = std::max(last, DateOf(*instalment->due()));
  return last;
}

std::optional<Rejection> CheckInstalments(const schema::InvoiceIssued& body, Currency currency, bool due_given) {
  const auto refuse = [](std::string sentence) {
    return Rejection{RejectionCode::kInstalmentsDiffer, std::move(sentence), "instalments"};
  };
  Sum sum = 0;
  for (const schema::Instalment* instalment : *body.instalments()) sum += instalment->amount()->minor();
  const Minor amount = body.amount()->minor();
  if (sum != amount) {
    return refuse(
        fmt::format("the instalments add up to {}, the invoice to {}", Shown(sum, currency), Shown(amount, currency)));
  }
  if (due_given && DateOf(*body.due()) != LastDue(body)) {
    return refuse(fmt::format("the invoice is due {}, its last instalment {}", DateOf(*body.due()).ToString(),
                              LastDue(body).ToString()));
  }
  return std::nullopt;
}

bool HasInstalments(const schema::InvoiceIssued& body) {
  return body.instalments() != nullptr && body.instalments()->size() > 0;
}

// Due on the last instalment's day, else by the customer's terms, else at once.
Date DefaultDue(EventView event, const Customer& customer) {
  const auto& body = event.body<schema::InvoiceIssued>();
  if (HasInstalments(body)) return LastDue(body);
  const std::optional<PaymentTerms> terms = PaymentTerms::Parse(TextOn(customer.terms, event.date()));
  return terms.has_value() ? event.date().AddDays(terms->net_days) : event.date();
}

// --- customers ---

std::optional<Rejection> CheckTerms(std::string_view terms) {
  if (terms.empty() || PaymentTerms::Parse(terms).has_value()) return std::nullopt;
  return Rejection{RejectionCode::kBadField,
                   fmt::format("'{}' are no payment terms; write \"net 30\" or \"2/10 net 30\"", terms), "terms"};
}

// What the event says of the customer holds from its date on.
template <class Body>
void EvolveMaster(Customer& customer, EventView event, const Body& body) {
  const std::string_view terms = EventView::Text(body.terms());
  const std::string_view salesperson = EventView::Text(body.salesperson());
  if (!terms.empty()) customer.terms.push_back({event.date(), std::string(terms)});
  if (!salesperson.empty()) customer.salespersons.push_back({event.date(), Nfc(salesperson)});
}

template <class Body>
std::optional<Rejection> CheckTermsOf(RuleCase& rule_case) {
  return CheckTerms(EventView::Text(rule_case.event.body<Body>().terms()));
}

void EvolveCustomerOpened(Books& books, EventView event) {
  const auto& body = event.body<schema::CustomerOpened>();
  Customer& customer = books.CreateCustomer(event.customer());
  customer.seq = event.seq();
  customer.date = event.date();
  EvolveMaster(customer, event, body);
}

void EvolveCustomerChanged(Books& books, EventView event) {
  EvolveMaster(books.MutableCustomer(event.customer()), event, event.body<schema::CustomerChanged>());
}

void EvolveTermsSet(Books& books, EventView event) {
  books.MutableCustomer(event.customer())
      .terms.push_back({event.date(), std::string(EventView::Text(event.body<schema::TermsSet>().terms()))});
}

void EvolveSalespersonAssigned(Books& books, EventView event) {
  books.MutableCustomer(event.customer())
      .salespersons.push_back(
          {event.date(), Nfc(EventView::Text(event.body<schema::SalespersonAssigned>().salesperson()))});
}

// --- shipments ---

void EvolveShipmentRecorded(Books& books, EventView event) {
  const auto& body = event.body<schema::ShipmentRecorded>();
  const std::string_view number = EventView::Text(body.shipment());
  auto& shipment = books.CreateDocument<Shipment>(DocumentKind::kShipment, number);
  EvolveBase(books, shipment, event, body.amount());
  shipment.kept.Add(shipment.date, shipment.amount);
  EvolveReversible(books, event, DocumentKind::kShipment, number);
}

std::optional<Rejection> CheckShipmentStands(RuleCase& rule_case, std::string_view number, std::string_view field) {
  if (!rule_case.books.FindDocument<Shipment>(DocumentKind::kShipment, number)->reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("shipment {} was reversed", number),
                   std::string(field)};
}

std::optional<Rejection> CheckReturnedShipment(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::ShipmentReturned>();
  return CheckShipmentStands(rule_case, EventView::Text(body.shipment()), "shipment");
}

// Of a shipment that stands, in its own currency, and from its date on: else another reason is the one to give.
std::optional<Rejection> CheckReturnedAmount(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::ShipmentReturned>();
  const std::string_view number = EventView::Text(body.shipment());
  const auto* shipment = rule_case.books.FindDocument<Shipment>(DocumentKind::kShipment, number);
  const EventView event = rule_case.event;
  const bool is_judged = shipment != nullptr && !shipment->reversed && shipment->currency == event.currency() &&
                         event.date() >= shipment->date;
  if (!is_judged) return std::nullopt;
  const Timeline::Extreme least = shipment->kept.LeastFrom(event.date());
  if (body.amount()->minor() <= least.value) return std::nullopt;
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("returning {} of shipment {}, of which {} was not returned before on {}",
                               Shown(body.amount()->minor(), shipment->currency), number,
                               Shown(least.value, shipment->currency), least.date.ToString()),
                   "amount"};
}

void EvolveShipmentReturned(Books& books, EventView event) {
  const auto& body = event.body<schema::ShipmentReturned>();
  const std::string_view number = EventView::Text(body.shipment());
  books.MutableDocument<Shipment>(DocumentKind::kShipment, number).kept.Add(event.date(), -body.amount()->minor());
  EvolveReversible(books, event, DocumentKind::kShipment, number);
}

// --- invoices ---

std::optional<Rejection> CheckTax(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::InvoiceIssued>();
  if (AmountOf(body.tax()) <= body.amount()->minor()) return std::nullopt;
  const Currency currency = rule_case.event.currency();
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("the tax of {} is more than the amount of {}, which includes it",
                               Shown(body.tax()->minor(), currency), Shown(body.amount()->minor(), currency)),
                   "tax"};
}

std::optional<Rejection> CheckInvoicedShipments(RuleCase& rule_case) {
  const auto* shipments = rule_case.event.body<schema::InvoiceIssued>().shipments();
  if (shipments == nullptr) return std::nullopt;
  for (const flatbuffers::String* shipment : *shipments) {
    if (auto rejection = CheckShipmentStands(rule_case, EventView::Text(shipment), "shipments")) return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> DecideInvoiceIssued(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::InvoiceIssued>();
  const bool due_given = rule_case.command.due_given();
  if (HasInstalments(body)) {
    if (auto rejection = CheckInstalments(body, rule_case.event.currency(), due_given)) return rejection;
  }
  // From here on it succeeds.
  if (!due_given) rule_case.command.SetDue(DefaultDue(rule_case.event, *rule_case.customer));
  return std::nullopt;
}

void EvolveInvoiceIssued(Books& books, EventView event) {
  const auto& body = event.body<schema::InvoiceIssued>();
  Invoice& invoice = books.CreateDocument<Invoice>(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  EvolveBase(books, invoice, event, body.amount());
  ChangeOpen(invoice, invoice.date, invoice.amount);
  invoice.terms = books.Keep(TextOn(books.GetCustomer(event.customer()).terms, invoice.date));
}

// --- notes ---

std::optional<Rejection> DecideCreditNoteIssued(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::CreditNoteIssued>();
  const std::string_view number = EventView::Text(body.invoice());
  if (number.empty()) return std::nullopt;
  const Invoice& invoice = *NamedInvoice(rule_case, number);
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

void EvolveDebitNoteIssued(Books& books, EventView event) {
  const auto& body = event.body<schema::DebitNoteIssued>();
  EvolveBase(books, books.CreateDocument<PlainDocument>(DocumentKind::kDebitNote, EventView::Text(body.debit_note())),
             event, body.amount());
  const std::string_view invoice = EventView::Text(body.invoice());
  ChangeOpen(books.MutableDocument<Invoice>(DocumentKind::kInvoice, invoice), event.date(), body.amount()->minor());
  EvolveReversible(books, event, DocumentKind::kInvoice, invoice);
}

// --- voids ---

// A void takes off all that is open, on its day and for good: nothing may be applied from then on, and nothing later
// may have changed what is open.

std::optional<Rejection> CheckVoidedAmount(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::InvoiceVoided>().invoice());
  const Invoice* invoice = NamedInvoice(rule_case, number);
  if (invoice == nullptr) return std::nullopt;
  const Sum open = invoice->open.At(rule_case.event.date());
  if (ToMinor(open).has_value()) return std::nullopt;
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("{} is open of invoice {} with its debit notes, more than one void can take off; undo "
                               "debit notes first, each by an EventReversed",
                               Shown(open, invoice->currency), number),
                   "invoice"};
}

std::optional<Rejection> CheckNothingMovesLater(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::InvoiceVoided>().invoice());
  const Invoice& invoice = *NamedInvoice(rule_case, number);
  if (invoice.last_movement <= rule_case.event.date()) return std::nullopt;
  return Rejection{RejectionCode::kBeforeItsCause,
                   fmt::format("dated {}, before the last movement on invoice {} on {}",
                               rule_case.event.date().ToString(), number, invoice.last_movement.ToString()),
                   "date"};
}

std::optional<Rejection> DecideInvoiceVoided(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::InvoiceVoided>().invoice());
  const Invoice& invoice = *NamedInvoice(rule_case, number);
  const Date date = rule_case.event.date();
  if (!invoice.settled.IsZeroFrom(date)) {
    return Rejection{RejectionCode::kStillApplied,
                     fmt::format("{} is applied to or written off invoice {} on {} or later; reverse that first",
                                 Shown(invoice.settled.MostFrom(date).value, invoice.currency), number,
                                 invoice.settled.MostFrom(date).date.ToString()),
                     "invoice"};
  }
  // From here on it succeeds.
  rule_case.command.SetInternal("open", *ToMinor(invoice.open.At(date)));
  return std::nullopt;
}

void EvolveInvoiceVoided(Books& books, EventView event) {
  const auto& body = event.body<schema::InvoiceVoided>();
  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  invoice.voided = true;
  ChangeOpen(invoice, event.date(), -AmountOf(body.open()));
}

}  // namespace

const Rule kCustomerOpened{.check_fields = CheckTermsOf<schema::CustomerOpened>, .evolve = EvolveCustomerOpened};
const Rule kCustomerChanged{.check_fields = CheckTermsOf<schema::CustomerChanged>, .evolve = EvolveCustomerChanged};
const Rule kTermsSet{.check_fields = CheckTermsOf<schema::TermsSet>, .evolve = EvolveTermsSet};
const Rule kSalespersonAssigned{.evolve = EvolveSalespersonAssigned};
const Rule kShipmentRecorded{.evolve = EvolveShipmentRecorded};
const Rule kShipmentReturned{
    .check_fields = CheckReturnedAmount, .check_state = CheckReturnedShipment, .evolve = EvolveShipmentReturned};
const Rule kInvoiceIssued{.check_fields = CheckTax,
                          .check_state = CheckInvoicedShipments,
                          .decide = DecideInvoiceIssued,
                          .evolve = EvolveInvoiceIssued};
const Rule kCreditNoteIssued{.decide = DecideCreditNoteIssued, .evolve = EvolveCreditNoteIssued};
const Rule kDebitNoteIssued{.evolve = EvolveDebitNoteIssued};
const Rule kInvoiceVoided{.check_fields = CheckVoidedAmount,
                          .check_dates = CheckNothingMovesLater,
                          .decide = DecideInvoiceVoided,
                          .evolve = EvolveInvoiceVoided};

}  // namespace duebook
