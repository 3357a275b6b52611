// Money came in, or a bill that promises some, of which nothing is applied yet.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/events/bills.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/guarantees.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

Rejection Refuse(RejectionCode code, std::string sentence, std::string_view field) {
  return {code, std::move(sentence), std::string(field)};
}

bool IsAcceptance(std::string_view method) { return method == "bank_acceptance" || method == "commercial_acceptance"; }

// Both fields of a bill are there in a payment by bill, and in no other.
std::optional<Rejection> CheckBillFields(const schema::PaymentReceived& body) {
  const std::string_view method = EventView::Text(body.method());
  const bool by_bill = IsAcceptance(method);
  for (const auto& [field, is_there] :
       {std::pair("bill", body.bill() != nullptr), std::pair("bill_due", body.bill_due() != nullptr)}) {
    if (is_there == by_bill) continue;
    if (by_bill) {
      return Refuse(RejectionCode::kMissingField,
                    fmt::format("{} is missing: a payment by {} says its bill and when that is due", field, method),
                    field);
    }
    return Refuse(RejectionCode::kBadField,
                  fmt::format("{} is of bills alone: the method is bank_acceptance or commercial_acceptance, not {}",
                              field, method.empty() ? "left out" : Quoted(method)),
                  field);
  }
  return std::nullopt;
}

std::optional<Rejection> CheckPaymentFields(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const auto& body = event.body<schema::PaymentReceived>();
  if (auto rejection = CheckBillFields(body)) return rejection;
  if (auto rejection = CheckDepositFields(rule_case)) return rejection;
  if (body.bill_due() != nullptr && DateOf(*body.bill_due()) < event.date()) {
    return Refuse(RejectionCode::kBadDate,
                  fmt::format("received on {}, after the bill was due on {}", event.date().ToString(),
                              DateOf(*body.bill_due()).ToString()),
                  "bill_due");
  }
  if (AmountOf(body.fee()) < body.amount()->minor()) return std::nullopt;
  return Refuse(
      RejectionCode::kBadAmount,
      fmt::format("a fee of {} leaves nothing of the {} that it is a part of",
                  Shown(AmountOf(body.fee()), event.currency()), Shown(body.amount()->minor(), event.currency())),
      "fee");
}

void EvolvePaymentReceived(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::PaymentReceived>();
  const std::string_view number = EventView::Text(body.payment());
  Name kept;
  auto& payment = evolve_case.books.CreateDocument<Funding>(DocumentKind::kPayment, number, &kept);
  EvolveBase(evolve_case, payment, body.amount());
  payment.unapplied.Add(payment.date, payment.amount);
  if (IsByBill(body)) EvolveBillReceived(evolve_case, payment);
  if (body.guarantee() != nullptr) EvolveDepositUsed(evolve_case, payment);
  evolve_case.MutableCustomer().credit.payments.push_back(kept);
  const auto& recorders = evolve_case.customer().payment_recorders;
  const std::string actor = Nfc(evolve_case.event.actor());
  if (!actor.empty() && std::find(recorders.begin(), recorders.end(), actor) == recorders.end()) {
    evolve_case.MutableCustomer().payment_recorders.push_back(actor);
  }
}

// The fact is of a payment by bill alone: its amount is the bill's, its day the one on which that is due, its key the
// method, its text the bill's number.
void MovePaymentReceived(EventView event, Figures& figures) {
  const auto& body = event.body<schema::PaymentReceived>();
  figures.AddItem({.kind = ItemKind::kPayment,
                   .number = EventView::Text(body.payment()),
                   .due = event.date(),
                   .amount = body.amount()->minor(),
                   .recorder = event.actor()});
  if (IsByBill(body)) {
    figures.AddFact({.amount = body.amount()->minor(),
                     .day = DateOf(*body.bill_due()),
                     .key = EventView::Text(body.method()),
                     .text = EventView::Text(body.bill())});
  }
}

}  // namespace

const EventKind kPaymentReceived{
    .chinese = "收款",
    .sentence =
        "Payment {payment} of {amount} received[ by {method}][ from {payer}][, reference {reference}][, fee {fee}][, "
        "bill {bill}][ due {bill_due}][, accepted by {acceptor}][, drawn by {drawer}][, out of guarantee {guarantee}]",
    .chinese_sentence =
        "收款 {payment}，金额 {amount}[，方式 {method}][，付款人 {payer}][，参考号 {reference}][，手续费 {fee}][，票据 "
        "{bill}][，到期 {bill_due}][，承兑人 {acceptor}][，出票人 {drawer}][，动用担保 {guarantee}]",
    .check_fields = CheckPaymentFields,
    .check_state = CheckDepositStands,
    .decide = ReleaseDeposit,
    .evolve = EvolvePaymentReceived,
    .moves = MovePaymentReceived,
};

}  // namespace duebook
