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
Sum MostDiscount(const EarlyDiscount& granted, Sum settled) {
  const std::optional<Sum> most = MultiplyRatio(settled, granted.ppm, PaymentTerms::kPartsPerMillion);
  CHECK(most.has_value());  // two amounts at most, by a rate of 100 % at most
  return *most;
}

// Why the discount is not one that the invoice's terms grant; nothing if they do.
std::optional<std::string> WhyNotGranted(const Invoice& invoice, const Funding& payment, Minor amount, Minor discount) {
  const EarlyDiscounts agreed = ParseDiscounts(invoice.discounts);
  if (agreed.empty()) return "no early-payment discount was agreed for the invoice";
  const EarlyDiscount* granted = DiscountFor(agreed, invoice.date, payment.date);
  if (granted == nullptr) {
    return fmt::format("the discount was for payment by {}, this one is dated {}",
                       agreed.back().ToleratedUntil(invoice.date).ToString(), payment.date.ToString());
  }
  const Sum settled = Sum{amount} + discount;
  const Sum most = MostDiscount(*granted, settled);
  if (discount <= most) return std::nullopt;
  return fmt::format("on {} settled the terms allow {}", Shown(settled, invoice.currency),
                     Shown(most, invoice.currency));
}

// A discount is what the terms grant for paying early; whoever holds the role may grant another, but never with a
// credit note, which pays nothing early.
std::optional<Rejection> CheckDiscount(RuleCase& rule_case, const Invoice& invoice, const NamedDocument& funding,
                                       Minor amount, Minor discount) {
  if (discount == 0) return std::nullopt;
  const EventView event = rule_case.event;
  const auto refuse = [&](std::string sentence) {
    return Rejection{RejectionCode::kDiscountRefused, std::move(sentence), "discount"};
  };
  if (funding.kind == DocumentKind::kCreditNote) return refuse("a credit note earns no discount for paying early");
  if (event.imported()) return std::nullopt;
  const std::optional<std::string> reason = WhyNotGranted(invoice, funding.Get<Funding>(), amount, discount);
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
  const Minor amount = body.amount()->minor();
  const Minor discount = AmountOf(body.discount());
  const NamedDocument& invoice = rule_case.named.By("invoice");
  const NamedDocument& funding = NamedFunding(rule_case.named);
  if (auto rejection = CheckOpen(invoice.Get<Invoice>(), invoice.number(), date, amount, discount)) return rejection;
  if (auto rejection = CheckUnapplied(funding, date, amount, "applying")) return rejection;
  return CheckDiscount(rule_case, invoice.Get<Invoice>(), funding, amount, discount);
}

void EvolvePaymentApplied(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::PaymentApplied>();
  const Minor amount = body.amount()->minor();
  const Minor discount = AmountOf(body.discount());
  const std::string_view funding_field = FundingField(evolve_case.named);

  auto& invoice = evolve_case.Mutable<Invoice>("invoice");
  Settle(invoice, event.date(), Sum{amount} + discount);

  auto& funding = evolve_case.Mutable<Funding>(funding_field);
  funding.unapplied.Add(event.date(), -amount);

  Name id;
  auto& application = books.CreateDocument<Application>(DocumentKind::kApplication, event.id(), &id);
  funding.applications.push_back(id);
  EvolveBase(evolve_case, application, body.amount());
  application.discount = discount;
  application.invoice = evolve_case.Find("invoice").number();
  application.invoice_seq = invoice.seq;
  application.funding_kind = KindFromName(funding_field);
  application.funding = evolve_case.Find(funding_field).number();
  application.funding_seq = funding.seq;
}

void MovePaymentApplied(EventView event, Figures& figures) {
  const auto& body = event.body<schema::PaymentApplied>();
  figures.Apply(event.Referred("invoice"), ReferredFunding(event), -body.amount()->minor(), -AmountOf(body.discount()));
}

}  // namespace

const EventKind kPaymentApplied{
    .chinese = "核销",
    .sentence =
        "{amount} of[ payment {payment}][ credit note {credit_note}] applied to invoice {invoice}[, discount "
        "{discount}][, by rule {rule}]",
    .chinese_sentence =
        "以[收款 {payment} ][贷项通知单 {credit_note} ]核销发票 {invoice}，金额 {amount}[，现金折扣 {discount}][，规则 "
        "{rule}]",
    .check_state = CheckFunding,
    .decide = DecidePaymentApplied,
    .evolve = EvolvePaymentApplied,
    .moves = MovePaymentApplied,
};

}  // namespace duebook
