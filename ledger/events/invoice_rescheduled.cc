// What is open of an invoice is to be paid on other days from now on.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveInvoiceRescheduled(EventView event, Figures& figures) {
  const auto& body = event.body<schema::InvoiceRescheduled>();
  std::vector<FactPart> parts;
  for (const schema::Instalment* each : *body.instalments()) {
    parts.push_back({event.Referred("invoice"), DateOf(*each->due()), each->amount()->minor()});
  }
  figures.AddFact({.subject = event.Referred("invoice"), .key = EventView::Text(body.agreement()), .parts = parts});
}

}  // namespace

const EventKind kInvoiceRescheduled{
    .chinese = "重新安排付款",
    .sentence = "Invoice {invoice} rescheduled to {instalments}: {reason}[, agreement {agreement}]",
    .chinese_sentence = "发票 {invoice} 改为分期 {instalments}：{reason}[，协议 {agreement}]",
    .moves = MoveInvoiceRescheduled,
};

}  // namespace duebook
