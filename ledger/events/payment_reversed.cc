// A bounced payment takes its applications with it, on the same day. That needs all of its use to lie on or before that
// day, and none of it to have been paid out again.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/command/encode/command_encoder.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/fundings.h"

namespace duebook {

namespace {

// The reversal of one of a reversed payment's applications, the `number`th of them.
Command MakeReversal(const EventView& parent, size_t number, std::string_view application) {
  const std::string id = fmt::format("{}:{}", parent.id(), number);
  const std::string reason = fmt::format("payment reversed by {}", parent.id());
  RecordValues values;
  values.type = &InfoOf(EventType::ApplicationReversed);
  values.id = id;
  values.date = parent.date();
  values.actor = parent.actor();
  values.source = parent.source();
  values.imported = parent.imported();
  values.customer_open = true;
  values.currency_open = true;
  values.fields.resize(values.type->fields.size());
  const auto set = [&values](std::string_view name, std::string_view text) {
    FieldValue& value = values.fields[static_cast<size_t>(values.type->FindField(name) - values.type->fields.data())];
    value.present = true;
    value.text = text;
  };
  set("application", application);
  set("reason", reason);
  values.references = 4;  // the customer, the application, its invoice and its payment
  return CommandEncoder().Encode(values);
}

// Visits the payment's applications that were not reversed, in order of seq, with their event ids.
template <class Visit>
void ForEachApplication(Books& books, const Funding& payment, Visit&& visit) {
  for (const Name id : payment.applications) {
    const auto& application = books.Get<Application>(books.FindDocument(DocumentKind::kApplication, id));
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

std::optional<Rejection> CheckPaymentStands(RuleCase& rule_case) {
  const NamedDocument& payment = rule_case.named.By("payment");
  if (!payment.Get<Funding>().reversed) return std::nullopt;
  return RefuseReversed(payment);
}

std::optional<Rejection> CheckNotUsedLater(RuleCase& rule_case) {
  const NamedDocument& payment = rule_case.named.By("payment");
  const Date last_use = LastUse(rule_case.books, payment.Get<Funding>());
  if (rule_case.event.date() >= last_use) return std::nullopt;
  return Rejection{RejectionCode::kBeforeItsCause,
                   fmt::format("dated {}, before payment {} was last applied, or an application of it reversed, on {}",
                               rule_case.event.date().ToString(), payment.number(), last_use.ToString()),
                   "date"};
}

std::optional<Rejection> DecidePaymentReversed(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("payment");
  const auto& payment = named.Get<Funding>();
  if (payment.refunded > 0) {
    return Rejection{
        RejectionCode::kMoreThanUnapplied,
        fmt::format("{} of payment {} was refunded; of its {} only the rest could be taken back",
                    Shown(payment.refunded, payment.currency), named.number(), Shown(payment.amount, payment.currency)),
        "payment"};
  }
  // From here on it succeeds.
  rule_case.command.Set("amount", payment.amount);
  ForEachApplication(rule_case.books, payment, [&](Name id, const Application& /*application*/) {
    rule_case.preceding.push_back(MakeReversal(rule_case.event, rule_case.preceding.size() + 1, id));
  });
  return std::nullopt;
}

void EvolvePaymentReversed(const EvolveCase& evolve_case) {
  auto& payment = evolve_case.Mutable<Funding>("payment");
  payment.reversed = true;
  payment.unapplied.Add(evolve_case.event.date(), -payment.amount);
}

void MovePaymentReversed(EventView event, Figures& figures) {
  const Minor amount = AmountOf(event.body<schema::PaymentReversed>().amount());
  figures.Move(event.Referred("payment"), MovementKind::kReversed, -amount, event.date());
}

}  // namespace

const EventKind kPaymentReversed{
    .chinese = "收款退回",
    .sentence = "Payment {payment}[ of {amount}] reversed[: {reason}]",
    .chinese_sentence = "收款 {payment} 退回[，金额 {amount}][：{reason}]",
    .check_state = CheckPaymentStands,
    .check_dates = CheckNotUsedLater,
    .decide = DecidePaymentReversed,
    .evolve = EvolvePaymentReversed,
    .moves = MovePaymentReversed,
};

}  // namespace duebook
