// An application is taken back: the invoice is open again, and the payment unapplied.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckApplicationStands(RuleCase& rule_case) {
  const std::string_view id = EventView::Text(rule_case.event.body<schema::ApplicationReversed>().application());
  if (!rule_case.books.FindDocument<Application>(DocumentKind::kApplication, id)->reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("application {} was reversed already", id),
                   "application"};
}

std::optional<Rejection> DecideApplicationReversed(RuleCase& rule_case) {
  const std::string_view id = EventView::Text(rule_case.event.body<schema::ApplicationReversed>().application());
  const auto& application = *rule_case.books.FindDocument<Application>(DocumentKind::kApplication, id);
  // From here on it succeeds.
  rule_case.command.SetInternal("amount", application.amount);
  rule_case.command.SetInternal("discount", application.discount);
  // What evolve will touch is read now, while a failure to read can still be answered.
  rule_case.books.FindDocument(DocumentKind::kInvoice, application.invoice);
  rule_case.books.FindDocument(application.funding_kind, application.funding);
  return std::nullopt;
}

void EvolveApplicationReversed(Books& books, EventView event) {
  const std::string_view id = EventView::Text(event.body<schema::ApplicationReversed>().application());
  auto& application = books.MutableDocument<Application>(DocumentKind::kApplication, id);
  application.reversed = true;

  const Sum on_invoice = Sum{application.amount} + application.discount;
  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, application.invoice);
  Settle(invoice, event.date(), -on_invoice);

  auto& funding = books.MutableDocument<Funding>(application.funding_kind, application.funding);
  funding.unapplied.Add(event.date(), application.amount);
}

}  // namespace

const EventKind kApplicationReversed{
    .chinese = "撤销核销",
    .sentence = "Application {application}[ of {amount}][ with discount {discount}] reversed[: {reason}]",
    .chinese_sentence = "撤销核销 {application}[，金额 {amount}][，现金折扣 {discount}][：{reason}]",
    .check_state = CheckApplicationStands,
    .decide = DecideApplicationReversed,
    .evolve = EvolveApplicationReversed,
};

}  // namespace duebook
