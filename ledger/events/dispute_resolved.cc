// A dispute ends.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckDisputeIsOpen(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::DisputeResolved>().dispute());
  if (rule_case.books.FindDocument<Dispute>(DocumentKind::kDispute, number)->resolved) {
    return Rejection{RejectionCode::kAlreadyResolved, fmt::format("dispute {} was resolved already", number),
                     "dispute"};
  }
  return std::nullopt;
}

void EvolveDisputeResolved(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::DisputeResolved>().dispute());
  books.MutableDocument<Dispute>(DocumentKind::kDispute, number).resolved = true;
}

}  // namespace

const EventKind kDisputeResolved{
    .chinese = "解决争议",
    .sentence = "Dispute {dispute} resolved[: {outcome}]",
    .chinese_sentence = "争议 {dispute} 解决[：{outcome}]",
    .check_state = CheckDisputeIsOpen,
    .evolve = EvolveDisputeResolved,
};

}  // namespace duebook
