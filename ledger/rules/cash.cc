// Payments, their application to invoices, and what undoes either.

#include <fmt/core.h>

#include <algorithm>
#include <variant>

#include "ledger/command/spelling.h"
#include "ledger/rules/rule.h"
#include "ledger/values/payment_terms.h"

namespace duebook {

namespace {

// What is applied: the payment or the credit note that the event names.
struct FundingName {
  DocumentKind kind;
  std::string_view number;
};

// Of a PaymentApplied or a RefundPaid.
template <class Body>
FundingName FundingOf(const Body& body) {
  if (body.payment() != nullptr) return {DocumentKind::kPayment, EventView::Text(body.payment())};
  return {DocumentKind::kCreditNote, EventView::Text(body.credit_note())};
}

std::string Called(const FundingName& name) {
  return fmt::format("{} {}", name.kind == DocumentKind::kPayment ? "payment" : "credit note", name.number);
}

Rejection RefuseReversed(const FundingName& name) {
  return {RejectionCode::kAlreadyReversed, fmt::format("{} was reversed", Called(name)),
          name.kind == DocumentKind::kPayment ? "payment" : "credit_note"};
}

const Funding& NamedFunding(RuleCase& rule_case, const FundingName& name) {
  return *rule_case.books.FindDocument<Funding>(name.kind, name.number);
}

// Whether what a PaymentApplied or a RefundPaid takes from is there to be used.
template <class Body>
std::optional<Rejection> CheckFunding(RuleCase& rule_case) {
  const FundingName name = FundingOf(rule_case.event.body<Body>());
  const auto* funding = rule_case.books.FindDocument<Funding>(name.kind, name.number);
  if (funding == nullptr) {
    return Rejection{RejectionCode::kCreditNoteAllocated,
                     fmt::format("{} was issued on an invoice and has nothing left to apply or refund", Called(name)),
                     "credit_note"};
  }
  if (funding->reversed) return RefuseReversed(name);
  return std::nullopt;
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

// The reversal of one of a reversed payment's applications, the `number`th of them.
Command MakeReversal(const EventView& parent, size_t number, std::string_view application) {
  const std::string id = fmt::format("{}:{}", parent.id(), number);
  const std::string date = parent.date().ToString();
  const std::string reason = fmt::format("payment reversed by {}", parent.id());
  Record record;
  const auto add = [&record](std::string_view name, std::string_view text) {
    record.fields.emplace_back(name, RawValue{RawValue::Kind::kText, text, {}});
  };
  add("type", "ApplicationReversed");
  add("id", id);
  add("date", date);
  if (!parent.actor().empty()) add("actor", parent.actor());
  add("application", application);
  add("reason", reason);
  record.source = parent.source();
  CommandContext context;
  context.as_imported = parent.imported();
  context.as_spelled = true;
  auto made = MakeCommand(record, context);
  CHECK(std::holds_alternative<Command>(made));
  return std::move(std::get<Command>(made));
}

// --- payments ---

void EvolvePaymentReceived(Books& books, EventView event) {
  const auto& body = event.body<schema::PaymentReceived>();
  auto& payment = books.CreateDocument<Funding>(DocumentKind::kPayment, EventView::Text(body.payment()));
  EvolveBase(books, payment, event, body.amount());
  payment.unapplied.Add(payment.date, payment.amount);
  const auto& recorders = books.GetCustomer(event.customer()).payment_recorders;
  const std::string actor = Nfc(event.actor());
  if (!actor.empty() && std::find(recorders.begin(), recorders.end(), actor) == recorders.end()) {
    books.MutableCustomer(event.customer()).payment_recorders.push_back(actor);
  }
}

// --- applications ---

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

// --- payments undone ---

// Visits the payment's applications that were not reversed, in order of seq, with their event ids.
template <class Visit>
void ForEachApplication(Books& books, const Funding& payment, Visit&& visit) {
  for (const Name id : payment.applications) {
    const auto& application = *books.FindDocument<Application>(DocumentKind::kApplication, id);
    if (!application.reversed) visit(id, application);
  }
}

// The latest day on which the payment is used: applied, or an application of it reversed. The payment's own if never.
Date LastUse(Books& books, const Funding& payment) {
  Date last = payment.unapplied.LastChange().value_or(payment.date);
  // An application made on the very day on which another of the same amount is reversed leaves no change behind.
  ForEachApplication(books, payment, [&](Name /*id*/, const Application& each) { last = std::max(last, each.date); });
  return last;
}

// A bounced payment takes its applications with it, on the same day. That needs all of its use to lie on or before that
// day, and none of it to have been paid out again.

const Funding& ReversedPayment(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::PaymentReversed>();
  return NamedFunding(rule_case, {DocumentKind::kPayment, EventView::Text(body.payment())});
}

std::optional<Rejection> CheckPaymentStands(RuleCase& rule_case) {
  if (!ReversedPayment(rule_case).reversed) return std::nullopt;
  return RefuseReversed(
      {DocumentKind::kPayment, EventView::Text(rule_case.event.body<schema::PaymentReversed>().payment())});
}

std::optional<Rejection> CheckNotUsedLater(RuleCase& rule_case) {
  const Date last_use = LastUse(rule_case.books, ReversedPayment(rule_case));
  if (rule_case.event.date() >= last_use) return std::nullopt;
  return Rejection{
      RejectionCode::kBeforeItsCause,
      fmt::format("dated {}, before payment {} was last applied, or an application of it reversed, on {}",
                  rule_case.event.date().ToString(),
                  EventView::Text(rule_case.event.body<schema::PaymentReversed>().payment()), last_use.ToString()),
      "date"};
}

std::optional<Rejection> DecidePaymentReversed(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::PaymentReversed>().payment());
  const Funding& payment = ReversedPayment(rule_case);
  if (payment.refunded > 0) {
    return Rejection{
        RejectionCode::kMoreThanUnapplied,
        fmt::format("{} of payment {} was refunded; of its {} only the rest could be taken back",
                    Shown(payment.refunded, payment.currency), number, Shown(payment.amount, payment.currency)),
        "payment"};
  }
  // From here on it succeeds.
  rule_case.command.SetInternal("amount", payment.amount);
  ForEachApplication(rule_case.books, payment, [&](Name id, const Application& /*application*/) {
    rule_case.preceding.push_back(MakeReversal(rule_case.event, rule_case.preceding.size() + 1, id));
  });
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
  const FundingName name = FundingOf(body);
  return CheckUnapplied(NamedFunding(rule_case, name), name, rule_case.event.date(), body.amount()->minor(),
                        "refunding");
}

void EvolveRefundPaid(Books& books, EventView event) {
  const auto& body = event.body<schema::RefundPaid>();
  const FundingName name = FundingOf(body);
  EvolveBase(books, books.CreateDocument<PlainDocument>(DocumentKind::kRefund, EventView::Text(body.refund())), event,
             body.amount());
  auto& funding = books.MutableDocument<Funding>(name.kind, name.number);
  ChangeRefunded(books, funding, body.amount()->minor());
  funding.unapplied.Add(event.date(), -body.amount()->minor());
  EvolveReversible(books, event, name.kind, name.number);
}

}  // namespace

const Rule kPaymentReceived{.evolve = EvolvePaymentReceived};
const Rule kPaymentApplied{.check_state = CheckFunding<schema::PaymentApplied>,
                           .decide = DecidePaymentApplied,
                           .evolve = EvolvePaymentApplied};
const Rule kApplicationReversed{
    .check_state = CheckApplicationStands, .decide = DecideApplicationReversed, .evolve = EvolveApplicationReversed};
const Rule kPaymentReversed{.check_state = CheckPaymentStands,
                            .check_dates = CheckNotUsedLater,
                            .decide = DecidePaymentReversed,
                            .evolve = EvolvePaymentReversed};
const Rule kRefundPaid{
    .check_state = CheckFunding<schema::RefundPaid>, .decide = DecideRefundPaid, .evolve = EvolveRefundPaid};

}  // namespace duebook
