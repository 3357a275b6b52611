// Security for what a customer owes.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveGuaranteeReceived(EventView event, Figures& figures) {
  const auto& body = event.body<schema::GuaranteeReceived>();
  std::vector<FactPart> parts;
  for (const uint64_t invoice : event.AllReferred("invoices")) parts.push_back({invoice, event.date(), 0});
  figures.AddFact({.amount = AmountOf(body.amount()),
                   .day = body.expires() == nullptr ? Date::Max() : DateOf(*body.expires()),
                   .key = EventView::Text(body.guarantee()),
                   .text = EventView::Text(body.kind()),
                   .parts = parts});
}

}  // namespace

const EventKind kGuaranteeReceived{
    .chinese = "收到担保",
    .sentence =
        "Guarantee {guarantee} of {amount} received, {kind}[, until {expires}][, from {guarantor}][, for invoices "
        "{invoices}]",
    .chinese_sentence =
        "收到担保 {guarantee}，金额 {amount}，类型 {kind}[，有效期至 {expires}][，担保人 {guarantor}][，对应发票 "
        "{invoices}]",
    .moves = MoveGuaranteeReceived,
};

}  // namespace duebook
