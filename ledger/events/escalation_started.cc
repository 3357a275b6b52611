// A customer is dealt with more sharply.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/words.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckStep(RuleCase& rule_case) {
  return CheckWord("step", EventView::Text(rule_case.event.body<schema::EscalationStarted>().step()),
                   {"stop_supply", "agency", "legal"});
}

void EvolveEscalationStarted(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const std::string_view number = EventView::Text(evolve_case.event.body<schema::EscalationStarted>().escalation());
  EvolveBase(evolve_case, books.CreateDocument<Escalation>(DocumentKind::kEscalation, number), nullptr);
  evolve_case.MutableCustomer().escalations.Mutable().push_back({std::string(number), evolve_case.event.date()});
}

// Its key is the escalation's number, its text the step; its parts are the invoices, if it is for some only.
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
    .check_fields = CheckStep,
    .evolve = EvolveEscalationStarted,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveEscalationStarted,
};

}  // namespace duebook
