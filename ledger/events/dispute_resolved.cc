// A dispute ends, and with it the customer is right in all of it, a part or nothing.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckDisputeIsOpen(RuleCase& rule_case) {
  const NamedDocument& dispute = rule_case.named.By("dispute");
  if (!dispute.Get<Dispute>().resolved) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyResolved, fmt::format("dispute {} was resolved already", dispute.number()),
                   "dispute"};
}

// Refuses to find more right than is contested of a dispute that is open, in its own currency: else another reason is
// the one to give.
std::optional<Rejection> CheckUpheld(RuleCase& rule_case) {
  const schema::Amount* upheld = rule_case.event.body<schema::DisputeResolved>().upheld();
  const NamedDocument& named = rule_case.named.By("dispute");
  const auto* dispute = named.As<Dispute>();
  const EventView event = rule_case.event;
  const bool is_judged = upheld != nullptr && dispute != nullptr && !dispute->resolved &&
                         dispute->currency == event.currency() && event.date() >= dispute->date;
  if (!is_judged || upheld->minor() <= dispute->amount) return std::nullopt;
  return Rejection{
      RejectionCode::kBadAmount,
      fmt::format("{} cannot be right of dispute {}, which is over {}", Shown(upheld->minor(), dispute->currency),
                  named.number(), Shown(dispute->amount, dispute->currency)),
      "upheld"};
}

void EvolveDisputeResolved(const EvolveCase& evolve_case) {
  auto& dispute = evolve_case.Mutable<Dispute>("dispute");
  dispute.resolved = true;
  dispute.resolved_on = evolve_case.event.date();
}

void MoveDisputeResolved(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DisputeResolved>();
  const std::optional<Minor> upheld =
      body.upheld() == nullptr ? std::nullopt : std::optional<Minor>(body.upheld()->minor());
  figures.EndDispute(event.Referred("dispute"), EventView::Text(body.outcome()), upheld);
}

}  // namespace

const EventKind kDisputeResolved{
    .chinese = "解决争议",
    .sentence = "Dispute {dispute} resolved[, {upheld} of it found right][: {outcome}]",
    .chinese_sentence = "争议 {dispute} 解决[，认定 {upheld}][：{outcome}]",
    .check_fields = CheckUpheld,
    .check_state = CheckDisputeIsOpen,
    .evolve = EvolveDisputeResolved,
    .moves = MoveDisputeResolved,
};

}  // namespace duebook
