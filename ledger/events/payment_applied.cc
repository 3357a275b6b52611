// A payment or a credit note pays an invoice, or a part of it.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/fundings.h"
#include "ledger/values/payment_terms.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckOpen(const Invoice& invoice, std::string_view number, Date date, Minor amount,
                                   Minor discount) {
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  const Sum sum = Sum{amount} + discount;
  if (sum <= least.value) return std::nullopt;
  return Rejection{RejectionCode::kMoreThanOpen,
                   fmt::format("applying {} to {} would leave {} open on {}", Shown(sum, invoice.currency), number,
                               Shown(least.value - sum, invoice.currency), least.date.ToString()),
                   "amount"};
}

constexpr std::string_view kDiscountRole = "discount";

// The most that the terms allow for this application: rate x (amount + discount), rounded half to even.
Sum MostDiscount(const PaymentTerms& terms, Sum settled) {
  const std::optional<Sum> most = MultiplyRatio(settled, terms.discount_ppm, PaymentTerms::kPartsPerMillion);
  CHECK(most.has_value());  // two amounts at most, by a rate of 100 % at most
  return *most;
}

// Why the discount is not one that the invoice's terms grant; nothing if they do.
std::optional<std::string> WhyNotGranted(const Invoice& invoice, const Funding& payment, Minor amount, Minor discount) {
  const std::optional<PaymentTerms> terms = PaymentTerms::Parse(invoice.terms);
  if (!terms.has_value() || !terms->HasDiscount()) return "no early-payment discount was agreed for the invoice";
  const Date until = invoice.date.AddDays(terms->discount_days);
  if (payment.date > until) {
    return fmt::format("the discount was for payment by {}, this one is dated {}", until.ToString(),
                       payment.date.ToString());
  }
  const Sum settled = Sum{amount} + discount;
  const Sum most = MostDiscount(*terms, settled);
  if (discount <= most) return std::nullopt;
  return fmt::format("on {} settled the terms allow {}", Shown(settled, invoice.currency),
                     Shown(most, invoice.currency));
}

// A discount is what the terms grant for paying early; whoever holds the role may grant another, but never with a
// credit note, which pays nothing early.
std::optional<Rejection> CheckDiscount(RuleCase& rule_case, const Invoice& invoice, const Funding& funding,
                                       DocumentKind funding_kind, Minor amount, Minor discount) {
  if (discount == 0) return std::nullopt;
  const EventView event = rule_case.event;
  const auto refuse = [&](std::string sentence) {
    return Rejection{RejectionCode::kDiscountRefused, std::move(sentence), "discount"};
  };
  if (funding_kind == DocumentKind::kCreditNote) return refuse("a credit note earns no discount for paying early");
  if (event.imported()) return std::nullopt;
  const std::optional<std::string> reason = WhyNotGranted(invoice, funding, amount, discount);
  if (!reason.has_value()) return std::nullopt;
  if (HoldsRoleStill(rule_case.books.control().role_changes, event.actor(), kDiscountRole, event.date())) {
    return std::nullopt;
  }
  return refuse(
      fmt::format("a discount of {} needs the role {}: {}", Shown(discount, invoice.currency), kDiscountRole, *reason));
}

std::optional<Rejection> DecidePaymentApplied(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::PaymentApplied>();
  const Date date = rule_case.event.date();
  const std::string_view number = EventView::Text(body.invoice());
  const auto& invoice = *rule_case.books.FindDocument<Invoice>(DocumentKind::kInvoice, number);
  const FundingName name = FundingOf(body);
  const Minor amount = body.amount()->minor();
  const Minor discount = AmountOf(body.discount());
  const Funding& funding = NamedFunding(rule_case, name);
  if (auto rejection = CheckOpen(invoice, number, date, amount, discount)) return rejection;
  if (auto rejection = CheckUnapplied(funding, name, date, amount, "applying")) return rejection;
  return CheckDiscount(rule_case, invoice, funding, name.kind, amount, discount);
}

void EvolvePaymentApplied(Books& books, EventView event) {
  const auto& body = event.body<schema::PaymentApplied>();
  const FundingName name = FundingOf(body);
  const Minor amount = body.amount()->minor();
  const Minor discount = AmountOf(body.discount());

  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  Settle(invoice, event.date(), Sum{amount} + discount);

  auto& funding = books.MutableDocument<Funding>(name.kind, name.number);
  funding.unapplied.Add(event.date(), -amount);

  auto& application = books.CreateDocument<Application>(DocumentKind::kApplication, event.id());
  funding.applications.push_back(books.DocumentName(DocumentKind::kApplication, event.id()));
  EvolveBase(books, application, event, body.amount());
  application.discount = discount;
  application.invoice = books.DocumentName(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  application.invoice_seq = invoice.seq;
  application.funding_kind = name.kind;
  application.funding = books.DocumentName(name.kind, name.number);
  application.funding_seq = funding.seq;
}

}  // namespace

const EventKind kPaymentApplied{
    .chinese = "核销",
    .sentence =
        "{amount} of[ payment {payment}][ credit note {credit_note}] applied to invoice {invoice}[, discount "
        "{discount}]",
    .chinese_sentence =
        "以[收款 {payment} ][贷项通知单 {credit_note} ]核销发票 {invoice}，金额 {amount}[，现金折扣 {discount}]",
    .check_state = CheckFunding<schema::PaymentApplied>,
    .decide = DecidePaymentApplied,
    .evolve = EvolvePaymentApplied,
};

}  // namespace duebook
