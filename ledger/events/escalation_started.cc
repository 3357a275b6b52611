// A customer is dealt with more sharply.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveEscalationStarted(EventView event, Figures& figures) {
  const auto& body = event.body<schema::EscalationStarted>();
  std::vector<FactPart> parts;
  for (const uint64_t invoice : event.AllReferred("invoices")) parts.push_back({invoice, event.date(), 0});
  figures.AddFact({.key = EventView::Text(body.escalation()), .text = EventView::Text(body.step()), .parts = parts});
}

}  // namespace

const EventKind kEscalationStarted{
    .chinese = "升级催收",
    .sentence = "Escalation {escalation}: {step}[ with {to}][, for invoices {invoices}]: {reason}",
    .chinese_sentence = "升级催收 {escalation}：{step}[，受托方 {to}][，发票 {invoices}]：{reason}",
    .moves = MoveEscalationStarted,
};

}  // namespace duebook
