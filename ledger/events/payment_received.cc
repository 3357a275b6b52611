// Money came in, of which nothing is applied yet.

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolvePaymentReceived(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::PaymentReceived>();
  const std::string_view number = EventView::Text(body.payment());
  auto& payment = evolve_case.books.CreateDocument<Funding>(DocumentKind::kPayment, number);
  EvolveBase(evolve_case, payment, body.amount());
  payment.unapplied.Add(payment.date, payment.amount);
  const auto& recorders = evolve_case.customer().payment_recorders;
  const std::string actor = Nfc(evolve_case.event.actor());
  if (!actor.empty() && std::find(recorders.begin(), recorders.end(), actor) == recorders.end()) {
    evolve_case.MutableCustomer().payment_recorders.push_back(actor);
  }
}

void MovePaymentReceived(EventView event, Figures& figures) {
  const auto& body = event.body<schema::PaymentReceived>();
  figures.AddItem({.kind = ItemKind::kPayment,
                   .number = EventView::Text(body.payment()),
                   .due = event.date(),
                   .amount = body.amount()->minor(),
                   .recorder = event.actor()});
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
    .evolve = EvolvePaymentReceived,
    .moves = MovePaymentReceived,
};

}  // namespace duebook
