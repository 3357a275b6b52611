// Somebody takes a dispute over.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

// Its subject is the dispute, and its key the owner.
void MoveDisputeAssigned(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DisputeAssigned>();
  figures.AddFact({.subject = event.Referred("dispute"), .key = EventView::Text(body.owner())});
}

}  // namespace

const EventKind kDisputeAssigned{
    .chinese = "指派争议",
    .sentence = "Dispute {dispute} assigned to {owner}",
    .chinese_sentence = "争议 {dispute} 由 {owner} 负责",
    .moves = MoveDisputeAssigned,
};

}  // namespace duebook
