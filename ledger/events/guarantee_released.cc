// A guarantee is given back, all of it or a part.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveGuaranteeReleased(EventView event, Figures& figures) {
  const auto& body = event.body<schema::GuaranteeReleased>();
  figures.AddFact({.subject = event.Referred("guarantee"), .amount = AmountOf(body.amount())});
}

}  // namespace

const EventKind kGuaranteeReleased{
    .chinese = "解除担保",
    .sentence = "Guarantee {guarantee} released[, {amount} of it][: {reason}]",
    .chinese_sentence = "解除担保 {guarantee}[，金额 {amount}][：{reason}]",
    .moves = MoveGuaranteeReleased,
};

}  // namespace duebook
