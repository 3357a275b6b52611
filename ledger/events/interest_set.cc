// What late interest runs.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveInterestSet(EventView event, Figures& figures) {
  const auto& body = event.body<schema::InterestSet>();
  figures.AddFact({.subject = event.Referred("invoice"),
                   .number = static_cast<uint32_t>(body.grace()),
                   .key = EventView::Text(body.rate())});
}

}  // namespace

const EventKind kInterestSet{
    .chinese = "逾期利率",
    .sentence =
        "Late interest[ of invoice {invoice}] at {rate} per cent[, {day_count}][, {grace} days of grace][, disputed "
        "amounts {disputed}]",
    .chinese_sentence =
        "[发票 {invoice} ]逾期利率 {rate}%[，计息方式 {day_count}][，宽限 {grace} 天][，争议金额 {disputed}]",
    .moves = MoveInterestSet,
};

}  // namespace duebook
