// An invoice: what is to be paid, and when.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/values/payment_terms.h"

namespace duebook {

namespace {

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

std::optional<Rejection> CheckInvoicedShipments(RuleCase& rule_case) {
  for (const NamedDocument& named : rule_case.named.documents) {
    if (named.kind != DocumentKind::kShipment) continue;
    if (auto rejection = CheckShipmentStands(named)) return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> DecideInvoiceIssued(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::InvoiceIssued>();
  const bool due_given = rule_case.command.IsGiven("due");
  if (HasInstalments(body)) {
    if (auto rejection = CheckInstalments(body, rule_case.event.currency(), due_given)) return rejection;
  }
  // From here on it succeeds.
  if (!due_given) rule_case.command.Set("due", DefaultDue(rule_case.event, *rule_case.customer));
  return std::nullopt;
}

// In the order of their days; those of one day as they were given.
std::vector<std::pair<Date, Minor>> PartsOf(const schema::InvoiceIssued& body) {
  std::vector<std::pair<Date, Minor>> parts;
  for (const schema::Instalment* instalment : *body.instalments()) {
    parts.emplace_back(DateOf(*instalment->due()), instalment->amount()->minor());
  }
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return parts;
}

// Returns the day on which all of it is due, as given or filled in.
Date DueOf(EventView event) {
  const schema::Date* due = event.body<schema::InvoiceIssued>().due();
  return due == nullptr || due->days() == kUnsetDays ? event.date() : DateOf(*due);
}

void EvolveInvoiceIssued(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const auto& body = evolve_case.event.body<schema::InvoiceIssued>();
  const std::string_view number = EventView::Text(body.invoice());
  auto& invoice = books.CreateDocument<Invoice>(DocumentKind::kInvoice, number);
  EvolveBase(evolve_case, invoice, body.amount());
  ChangeOpen(invoice, invoice.date, invoice.amount);
  invoice.due = DueOf(evolve_case.event);
  invoice.in_instalments = HasInstalments(body);
  if (invoice.in_instalments) books.CreateInstalments(number).parts = PartsOf(body);
  invoice.terms = books.Keep(TextOn(evolve_case.customer().terms, invoice.date));
}

void MoveInvoiceIssued(EventView event, Figures& figures) {
  const auto& body = event.body<schema::InvoiceIssued>();
  const auto parts = HasInstalments(body) ? PartsOf(body) : std::vector<std::pair<Date, Minor>>();
  figures.AddItem({.kind = ItemKind::kInvoice,
                   .number = EventView::Text(body.invoice()),
                   .due = DueOf(event),
                   .amount = body.amount()->minor(),
                   .salesperson = EventView::Text(body.salesperson()),
                   .instalments = parts});
  for (const uint64_t shipment : event.AllReferred("shipments")) figures.JoinShipment(shipment, event.seq());
}

}  // namespace

const EventKind kInvoiceIssued{
    .chinese = "开票",
    .sentence =
        "Invoice {invoice} of {amount} issued[, of which tax {tax}][, due {due}][, in instalments {instalments}][, for "
        "shipments {shipments}][, salesperson {salesperson}][, terms {terms}]",
    .chinese_sentence =
        "开具发票 {invoice}，金额 {amount}[，其中税额 {tax}][，到期日 {due}][，分期 {instalments}][，对应发货单 "
        "{shipments}][，业务员 {salesperson}][，账期 {terms}]",
    .check_fields = CheckTaxOf<schema::InvoiceIssued>,
    .check_state = CheckInvoicedShipments,
    .decide = DecideInvoiceIssued,
    .evolve = EvolveInvoiceIssued,
    .moves = MoveInvoiceIssued,
};

}  // namespace duebook
