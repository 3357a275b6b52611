// A customer disputes an invoice, or a part of it. It changes nothing of what is open.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveDisputeOpened(Books& books, EventView event) {
  const auto& body = event.body<schema::DisputeOpened>();
  auto& dispute = books.CreateDocument<Dispute>(DocumentKind::kDispute, EventView::Text(body.dispute()));
  EvolveBase(books, dispute, event, body.amount());
  dispute.invoice = books.DocumentName(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  dispute.invoice_seq = books.GetDocument<Invoice>(DocumentKind::kInvoice, dispute.invoice).seq;
}

}  // namespace

const EventKind kDisputeOpened{
    .chinese = "提出争议",
    .sentence = "Dispute {dispute} opened over {amount} of invoice {invoice}[: {reason}]",
    .chinese_sentence = "争议 {dispute}：发票 {invoice} 中 {amount} 有异议[：{reason}]",
    .evolve = EvolveDisputeOpened,
};

}  // namespace duebook
