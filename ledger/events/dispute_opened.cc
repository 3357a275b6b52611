// A customer disputes an invoice, or a part of it. It changes nothing of what is open.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/words.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckDisputeKind(RuleCase& rule_case) {
  return CheckWord("kind", EventView::Text(rule_case.event.body<schema::DisputeOpened>().kind()),
                   {"price", "quantity", "quality", "delivery", "papers", "paid", "other"});
}

void EvolveDisputeOpened(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const auto& body = evolve_case.event.body<schema::DisputeOpened>();
  Name kept;
  auto& dispute = books.CreateDocument<Dispute>(DocumentKind::kDispute, EventView::Text(body.dispute()), &kept);
  evolve_case.MutableCustomer().credit.disputes.push_back(kept);
  EvolveBase(evolve_case, dispute, body.amount());
  dispute.invoice = evolve_case.Find("invoice").number();
  dispute.invoice_seq = evolve_case.Get<Invoice>("invoice").seq;
}

void MoveDisputeOpened(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DisputeOpened>();
  figures.AddDispute({.number = EventView::Text(body.dispute()),
                      .invoice = event.Referred("invoice"),
                      .amount = body.amount()->minor(),
                      .reason = EventView::Text(body.reason()),
                      .kind = EventView::Text(body.kind()),
                      .owner = EventView::Text(body.owner())});
}

}  // namespace

const EventKind kDisputeOpened{
    .chinese = "提出争议",
    .sentence = "Dispute {dispute} opened over {amount} of invoice {invoice}[, {kind}][, owner {owner}][: {reason}]",
    .chinese_sentence = "争议 {dispute}：发票 {invoice} 中 {amount} 有异议[，{kind}][，负责人 {owner}][：{reason}]",
    .check_fields = CheckDisputeKind,
    .evolve = EvolveDisputeOpened,
    .moves = MoveDisputeOpened,
};

}  // namespace duebook
