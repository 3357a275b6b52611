// A customer acknowledges in writing what it owes.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveDebtAcknowledged(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DebtAcknowledged>();
  std::vector<FactPart> parts;
  for (const uint64_t invoice : event.AllReferred("invoices")) parts.push_back({invoice, event.date(), 0});
  figures.AddFact({.amount = AmountOf(body.amount()),
                   .day = DateOf(*body.as_of()),
                   .key = EventView::Text(body.acknowledgement()),
                   .text = EventView::Text(body.kind()),
                   .parts = parts});
}

}  // namespace

const EventKind kDebtAcknowledged{
    .chinese = "确认欠款",
    .sentence =
        "Debt of {amount} as of {as_of} acknowledged by {acknowledgement}[, {kind}], signed by {signed_by}[, for "
        "invoices {invoices}][, for shipments {shipments}]",
    .chinese_sentence =
        "确认欠款 {acknowledgement}：截至 {as_of} 欠 {amount}[，{kind}]，{signed_by} 签字[，对应发票 "
        "{invoices}][，对应发货单 {shipments}]",
    .moves = MoveDebtAcknowledged,
};

}  // namespace duebook
