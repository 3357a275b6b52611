// An escalation ends.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveEscalationClosed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::EscalationClosed>();
  figures.AddFact({.subject = event.Referred("escalation"), .text = EventView::Text(body.outcome())});
}

}  // namespace

const EventKind kEscalationClosed{
    .chinese = "结束升级",
    .sentence = "Escalation {escalation} closed[: {outcome}]",
    .chinese_sentence = "升级催收 {escalation} 结束[：{outcome}]",
    .moves = MoveEscalationClosed,
};

}  // namespace duebook
