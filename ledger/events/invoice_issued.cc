// An invoice: what is to be paid, and when.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/customer_master.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/schedules.h"
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
  const Sum sum = SumOf(*body.instalments());
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

std::optional<Rejection> CheckInvoiceFields(RuleCase& rule_case) {
  if (auto rejection = CheckTermsOf<schema::InvoiceIssued>(rule_case)) return rejection;
  return CheckTaxOf<schema::InvoiceIssued>(rule_case);
}

// Its own, else the customer's on its date, by what was recorded before it.
std::string_view TermsOf(EventView event, const Customer& customer) {
  const std::string_view own = EventView::Text(event.body<schema::InvoiceIssued>().terms());
  return own.empty() ? TextOn(customer.terms, event.date()) : own;
}

// When it is due by its terms, else at once.
std::vector<std::pair<Date, Minor>> PartsByTerms(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const Minor amount = event.body<schema::InvoiceIssued>().amount()->minor();
  const auto terms = PaymentTerms::Parse(TermsOf(event, *rule_case.customer));
  if (!terms.has_value()) return {{event.date(), amount}};
  return terms->Split(event.date(), amount, rule_case.books.control().calendars);
}

// Writes into the event when it is due, so that nothing that is said of terms later moves it.
void FillDue(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::InvoiceIssued>();
  if (HasInstalments(body)) return rule_case.command.Set("due", LastDue(body));
  const std::vector<std::pair<Date, Minor>> parts = PartsByTerms(rule_case);
  rule_case.command.Set("due", parts.back().first);
  if (parts.size() == 1) return;
  rule_case.command.Set("instalments", parts);
  rule_case.event = rule_case.command.event();  // which is encoded anew
}

std::optional<Rejection> DecideInvoiceIssued(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::InvoiceIssued>();
  const bool due_given = rule_case.command.IsGiven("due");
  if (HasInstalments(body)) {
    if (auto rejection = CheckInstalments(body, rule_case.event.currency(), due_given)) return rejection;
  }
  // From here on it succeeds.
  if (!due_given) FillDue(rule_case);
  return std::nullopt;
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
  Name kept;
  auto& invoice = books.CreateDocument<Invoice>(DocumentKind::kInvoice, number, &kept);
  EvolveBase(evolve_case, invoice, body.amount());
  ChangeOpen(invoice, invoice.date, invoice.amount);
  invoice.due = DueOf(evolve_case.event);
  if (HasInstalments(body)) AddIssuedSchedule(books, number, invoice, PartsInOrder(*body.instalments()));
  evolve_case.MutableCustomer().credit.invoices.push_back(kept);
  for (const NamedDocument& each : evolve_case.named.documents) {
    if (each.kind == DocumentKind::kShipment) books.Mutable<Shipment>(each.found).invoices.push_back(kept);
  }
  const std::string_view discounts = DiscountsIn(TermsOf(evolve_case.event, evolve_case.customer()));
  if (discounts.size() > Name::kMaxBytes) return books.Distrust("its terms are longer than terms can be");
  invoice.discounts = books.Keep(discounts);
}

// Of an invoice with terms of its own a fact says as text what discounts these grant.
void MoveInvoiceIssued(EventView event, Figures& figures) {
  const auto& body = event.body<schema::InvoiceIssued>();
  const auto parts = HasInstalments(body) ? PartsInOrder(*body.instalments()) : std::vector<std::pair<Date, Minor>>();
  figures.AddItem({.kind = ItemKind::kInvoice,
                   .number = EventView::Text(body.invoice()),
                   .due = DueOf(event),
                   .amount = body.amount()->minor(),
                   .salesperson = EventView::Text(body.salesperson()),
                   .instalments = parts});
  for (const uint64_t shipment : event.AllReferred("shipments")) figures.JoinShipment(shipment, event.seq());
  if (body.terms() != nullptr) figures.AddFact({.text = DiscountsIn(EventView::Text(body.terms()))});
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
    .check_fields = CheckInvoiceFields,
    .check_state = CheckShipmentsStand,
    .decide = DecideInvoiceIssued,
    .evolve = EvolveInvoiceIssued,
    .moves = MoveInvoiceIssued,
};

}  // namespace duebook
