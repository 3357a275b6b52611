// A dispute ends.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckDisputeIsOpen(RuleCase& rule_case) {
  const NamedDocument& dispute = rule_case.named.By("dispute");
  if (!dispute.Get<Dispute>().resolved) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyResolved, fmt::format("dispute {} was resolved already", dispute.number()),
                   "dispute"};
}

void EvolveDisputeResolved(const EvolveCase& evolve_case) { evolve_case.Mutable<Dispute>("dispute").resolved = true; }

void MoveDisputeResolved(EventView event, Figures& figures) {
  figures.EndDispute(event.Referred("dispute"), EventView::Text(event.body<schema::DisputeResolved>().outcome()));
}

}  // namespace

const EventKind kDisputeResolved{
    .chinese = "解决争议",
    .sentence = "Dispute {dispute} resolved[, {upheld} of it found right][: {outcome}]",
    .chinese_sentence = "争议 {dispute} 解决[，认定 {upheld}][：{outcome}]",
    .check_state = CheckDisputeIsOpen,
    .evolve = EvolveDisputeResolved,
    .moves = MoveDisputeResolved,
};

}  // namespace duebook
