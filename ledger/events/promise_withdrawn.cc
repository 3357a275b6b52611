// A promise counts no longer.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckPromiseStands(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::PromiseWithdrawn>().promise());
  if (rule_case.books.FindDocument<Promise>(DocumentKind::kPromise, number)->withdrawn) {
    return Rejection{RejectionCode::kAlreadyWithdrawn, fmt::format("promise {} was withdrawn already", number),
                     "promise"};
  }
  return std::nullopt;
}

void EvolvePromiseWithdrawn(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::PromiseWithdrawn>().promise());
  books.MutableDocument<Promise>(DocumentKind::kPromise, number).withdrawn = true;
}

}  // namespace

const EventKind kPromiseWithdrawn{
    .chinese = "撤回承诺",
    .sentence = "Promise {promise} withdrawn[: {reason}]",
    .chinese_sentence = "付款承诺 {promise} 撤回[：{reason}]",
    .check_state = CheckPromiseStands,
    .evolve = EvolvePromiseWithdrawn,
};

}  // namespace duebook
