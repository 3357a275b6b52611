// Money came in, of which nothing is applied yet.

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

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

}  // namespace

const EventKind kPaymentReceived{
    .chinese = "收款",
    .sentence = "Payment {payment} of {amount} received[ by {method}][ from {payer}][, reference {reference}]",
    .chinese_sentence = "收款 {payment}，金额 {amount}[，方式 {method}][，付款人 {payer}][，参考号 {reference}]",
    .evolve = EvolvePaymentReceived,
};

}  // namespace duebook
