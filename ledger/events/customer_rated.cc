// A customer's credit standing is rated.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

// The number is one more than the score, or 0 without one; the key is the grade, the text who rated.
void MoveCustomerRated(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CustomerRated>();
  figures.AddFact({.number = static_cast<uint32_t>(body.score() + 1),
                   .key = EventView::Text(body.grade()),
                   .text = EventView::Text(body.rated_by())});
}

}  // namespace

const EventKind kCustomerRated{
    .chinese = "信用评级",
    .sentence = "Rated {grade}[, score {score}], by {rated_by}[: {reason}]",
    .chinese_sentence = "信用评级 {grade}[，得分 {score}]，评定 {rated_by}[：{reason}]",
    .moves = MoveCustomerRated,
};

}  // namespace duebook
