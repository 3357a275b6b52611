// An escalation ends.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckEscalationIsOpen(RuleCase& rule_case) {
  const NamedDocument& escalation = rule_case.named.By("escalation");
  if (!escalation.Get<Escalation>().closed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyResolved,
                   fmt::format("escalation {} was closed already", escalation.number()), "escalation"};
}

void EvolveEscalationClosed(const EvolveCase& evolve_case) {
  auto& escalation = evolve_case.Mutable<Escalation>("escalation");
  escalation.closed = true;
  std::vector<EscalationOfCustomer>& all = evolve_case.MutableCustomer().escalations.Mutable();
  const std::string_view number = evolve_case.Find("escalation").number().text();
  const auto of_customer =
      std::find_if(all.begin(), all.end(), [&](const EscalationOfCustomer& each) { return each.number == number; });
  if (of_customer == all.end()) return evolve_case.books.Distrust("it closes an escalation of another customer");
  of_customer->closed = evolve_case.event.date();
}

// Its subject is the escalation, and its text the outcome.
void MoveEscalationClosed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::EscalationClosed>();
  figures.AddFact({.subject = event.Referred("escalation"), .text = EventView::Text(body.outcome())});
}

}  // namespace

const EventKind kEscalationClosed{
    .chinese = "结束升级",
    .sentence = "Escalation {escalation} closed[: {outcome}]",
    .chinese_sentence = "升级催收 {escalation} 结束[：{outcome}]",
    .check_state = CheckEscalationIsOpen,
    .evolve = EvolveEscalationClosed,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveEscalationClosed,
};

}  // namespace duebook
