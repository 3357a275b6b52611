// Payments, their application to invoices, and what undoes either.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/rules/rule.h"

namespace duebook {

namespace {

// What is applied: the payment or the credit note that the event names.
struct FundingName {
  DocumentKind kind;
  std::string_view number;
};

FundingName FundingOf(const schema::PaymentApplied& body) {
  if (body.payment() != nullptr) return {DocumentKind::kPayment, EventView::Text(body.payment())};
  return {DocumentKind::kCreditNote, EventView::Text(body.credit_note())};
}

std::string Called(const FundingName& name) {
  return fmt::format("{} {}", name.kind == DocumentKind::kPayment ? "payment" : "credit note", name.number);
}

Rejection RefuseReversed(std::string_view payment) {
  return {RejectionCode::kAlreadyReversed, fmt::format("payment {} was reversed", payment), "payment"};
}

std::optional<Rejection> CheckUnapplied(const Funding& funding, const FundingName& name, Date date, Minor amount,
                                        std::string_view doing) {
  const Timeline::Extreme least = funding.unapplied.LeastFrom(date);
  if (least.value >= amount) return std::nullopt;
  return Rejection{RejectionCode::kMoreThanUnapplied,
                   fmt::format("{} {} of {} would leave {} of it on {}", doing, Shown(amount, funding.currency),
                               Called(name), Shown(least.value - amount, funding.currency), least.date.ToString()),
                   "amount"};
}

std::optional<Rejection> CheckOpen(const Invoice& invoice, std::string_view number, Date date, Minor amount,
                                   Minor discount) {
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  if (amount <= least.value && discount <= least.value - amount) return std::nullopt;
  const std::optional<Minor> sum = CheckedAdd(amount, discount);
  return Rejection{RejectionCode::kMoreThanOpen,
                   !sum.has_value()
                       ? fmt::format("amount and discount together are more than 64 bits hold")
                       : fmt::format("applying {} to {} would leave {} open on {}", Shown(*sum, invoice.currency),
                                     number, Shown(least.value - *sum, invoice.currency), least.date.ToString()),
                   "amount"};
}

constexpr std::string_view kDiscountRole = "grant-discount";

// A discount is agreed when the money came by the last day of the invoice's terms and the discounts on the invoice stay
// within the rate; whoever holds the role may grant another.
std::optional<Rejection> CheckDiscount(RuleCase& rule_case, const Invoice& invoice, const Funding& funding,
                                       Minor discount) {
  if (discount == 0 || rule_case.event.imported()) return std::nullopt;
  const bool in_time = invoice.discount_limit > 0 && funding.date <= invoice.discount_until;
  if (in_time && discount <= invoice.discount_limit - invoice.discount_taken) return std::nullopt;
  if (HoldsRole(rule_case.books.control().role_changes, rule_case.event.actor(), kDiscountRole,
                rule_case.event.date())) {
    return std::nullopt;
  }
  std::string reason;
  if (invoice.discount_limit == 0) {
    reason = "no early-payment discount was agreed for the invoice";
  } else if (!in_time) {
    reason = fmt::format("the discount was for payment by {}, this one is dated {}", invoice.discount_until.ToString(),
                         funding.date.ToString());
  } else {
    reason =
        fmt::format("the terms allow {} in all, of which {} is taken", Shown(invoice.discount_limit, invoice.currency),
                    Shown(invoice.discount_taken, invoice.currency));
  }
  return Rejection{
      RejectionCode::kDiscountRefused,
      fmt::format("a discount of {} needs the role {}: {}", Shown(discount, invoice.currency), kDiscountRole, reason),
      "discount"};
}

// The event id of the reversal that a reversed payment makes for one of its applications: the same on every retry.
std::string ReversalId(std::string_view parent, std::string_view application) {
  std::string both(parent);
  both += '\0';
  both += application;
  return "reversal-" + ToHex(Sha256(both)).substr(0, 24);
}

Command MakeReversal(const EventView& parent, std::string_view application) {
  const std::string id = ReversalId(parent.id(), application);
  const std::string date = parent.date().ToString();
  const std::string reason = fmt::format("payment reversed by {}", parent.id());
  Record record;
  const auto add = [&record](std::string_view name, std::string_view text) {
    record.fields.emplace_back(name, RawValue{RawValue::Kind::kText, text, {}, {}});
  };
  add("type", "ApplicationReversed");
  add("id", id);
  add("date", date);
  add("actor", parent.actor());
  add("application", application);
  add("reason", reason);
  record.source = parent.source();
  CommandContext context;
  context.as_imported = parent.imported();
  auto made = MakeCommand(record, context);
  CHECK(std::holds_alternative<Command>(made));
  return std::move(std::get<Command>(made));
}

}  // namespace

// --- payments ---

void EvolvePaymentReceived(Books& books, EventView event) {
  const auto& body = event.body<schema::PaymentReceived>();
  auto& payment = books.CreateDocument<Funding>(DocumentKind::kPayment, EventView::Text(body.payment()));
  EvolveBase(payment, event, body.amount());
  payment.unapplied.Add(payment.date, payment.amount);
  const auto& recorders = books.GetCustomer(event.customer()).payment_recorders;
  if (std::find(recorders.begin(), recorders.end(), event.actor()) == recorders.end()) {
    books.MutableCustomer(event.customer()).payment_recorders.emplace_back(event.actor());
  }
}

// --- applications ---

std::optional<Rejection> DecidePaymentApplied(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::PaymentApplied>();
  const Date date = rule_case.event.date();
  const std::string_view number = EventView::Text(body.invoice());
  const auto& invoice = *rule_case.books.FindDocument<Invoice>(DocumentKind::kInvoice, number);
  const FundingName name = FundingOf(body);
  const auto* funding = rule_case.books.FindDocument<Funding>(name.kind, name.number);
  const Minor amount = body.amount()->minor();
  const Minor discount = AmountOf(body.discount());
  if (invoice.voided) {
    return Rejection{RejectionCode::kInvoiceVoided, fmt::format("invoice {} was voided", number), "invoice"};
  }
  if (funding != nullptr && funding->reversed) return RefuseReversed(name.number);
  if (auto rejection = CheckOpen(invoice, number, date, amount, discount)) return rejection;
  if (funding == nullptr) {
    return Rejection{RejectionCode::kMoreThanUnapplied,
                     fmt::format("{} was given on an invoice and has nothing left to apply", Called(name)),
                     "credit_note"};
  }
  if (auto rejection = CheckUnapplied(*funding, name, date, amount, "applying")) return rejection;
  return CheckDiscount(rule_case, invoice, *funding, discount);
}

void EvolvePaymentApplied(Books& books, EventView event) {
  const auto& body = event.body<schema::PaymentApplied>();
  const FundingName name = FundingOf(body);
  const Minor amount = body.amount()->minor();
  const Minor discount = AmountOf(body.discount());

  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  invoice.open.Add(event.date(), -(amount + discount));
  invoice.settled.Add(event.date(), amount + discount);
  invoice.discount_taken += discount;

  auto& funding = books.MutableDocument<Funding>(name.kind, name.number);
  funding.unapplied.Add(event.date(), -amount);
  funding.applications.emplace_back(event.id());

  auto& application = books.CreateDocument<Application>(DocumentKind::kApplication, event.id());
  EvolveBase(application, event, body.amount());
  application.discount = discount;
  application.invoice = EventView::Text(body.invoice());
  application.invoice_seq = invoice.seq;
  application.funding_kind = name.kind;
  application.funding = name.number;
  application.funding_seq = funding.seq;
}

std::optional<Rejection> DecideApplicationReversed(RuleCase& rule_case) {
  const std::string_view id = EventView::Text(rule_case.event.body<schema::ApplicationReversed>().application());
  const auto& application = *rule_case.books.FindDocument<Application>(DocumentKind::kApplication, id);
  if (application.reversed) {
    return Rejection{RejectionCode::kAlreadyReversed, fmt::format("application {} was reversed already", id),
                     "application"};
  }
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

  const Minor on_invoice = application.amount + application.discount;
  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, application.invoice);
  invoice.open.Add(event.date(), on_invoice);
  invoice.settled.Add(event.date(), -on_invoice);
  invoice.discount_taken -= application.discount;

  auto& funding = books.MutableDocument<Funding>(application.funding_kind, application.funding);
  funding.unapplied.Add(event.date(), application.amount);
  std::erase(funding.applications, id);
}

// --- payments undone ---

// Whether anything happens to what is unapplied after this day. An application that is made on the very day on which
// another of the same amount is reversed leaves no change in the timeline, and is used all the same.
bool IsUsedAfter(Books& books, const Funding& payment, Date date) {
  if (payment.unapplied.ChangesAfter(date)) return true;
  return std::any_of(payment.applications.begin(), payment.applications.end(), [&](const std::string& application) {
    return books.FindDocument<Application>(DocumentKind::kApplication, application)->date > date;
  });
}

// A bounced payment takes its applications with it, on the same day. That needs all of its use to lie on or before that
// day, and none of it to have been paid out again.
std::optional<Rejection> DecidePaymentReversed(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::PaymentReversed>().payment());
  const auto& payment = *rule_case.books.FindDocument<Funding>(DocumentKind::kPayment, number);
  if (payment.reversed) return RefuseReversed(number);
  if (payment.refunded) {
    return Rejection{RejectionCode::kStillApplied,
                     fmt::format("payment {} was refunded; money paid back cannot bounce", number), "payment"};
  }
  if (IsUsedAfter(rule_case.books, payment, rule_case.event.date())) {
    return Rejection{RejectionCode::kStillApplied,
                     fmt::format("payment {} was applied, or an application of it reversed, after {}; reverse those "
                                 "applications first, or date the reversal later",
                                 number, rule_case.event.date().ToString()),
                     "payment"};
  }
  // From here on it succeeds.
  rule_case.command.SetInternal("amount", payment.amount);
  for (const std::string& application : payment.applications) {
    rule_case.preceding.push_back(MakeReversal(rule_case.event, application));
  }
  return std::nullopt;
}

void EvolvePaymentReversed(Books& books, EventView event) {
  const auto& body = event.body<schema::PaymentReversed>();
  auto& payment = books.MutableDocument<Funding>(DocumentKind::kPayment, EventView::Text(body.payment()));
  payment.reversed = true;
  payment.unapplied.Add(event.date(), -payment.amount);
}

std::optional<Rejection> DecideRefundPaid(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::RefundPaid>();
  const FundingName name{DocumentKind::kPayment, EventView::Text(body.payment())};
  const auto& payment = *rule_case.books.FindDocument<Funding>(name.kind, name.number);
  if (payment.reversed) return RefuseReversed(name.number);
  return CheckUnapplied(payment, name, rule_case.event.date(), body.amount()->minor(), "refunding");
}

void EvolveRefundPaid(Books& books, EventView event) {
  const auto& body = event.body<schema::RefundPaid>();
  EvolveBase(books.CreateDocument<PlainDocument>(DocumentKind::kRefund, EventView::Text(body.refund())), event,
             body.amount());
  auto& payment = books.MutableDocument<Funding>(DocumentKind::kPayment, EventView::Text(body.payment()));
  payment.refunded = true;
  payment.unapplied.Add(event.date(), -body.amount()->minor());
}

}  // namespace duebook
