// A promise counts no longer.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckPromiseStands(RuleCase& rule_case) {
  const NamedDocument& promise = rule_case.named.By("promise");
  if (!promise.Get<Promise>().withdrawn) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyWithdrawn, fmt::format("promise {} was withdrawn already", promise.number()),
                   "promise"};
}

void EvolvePromiseWithdrawn(const EvolveCase& evolve_case) { evolve_case.Mutable<Promise>("promise").withdrawn = true; }

void MovePromiseWithdrawn(EventView event, Figures& figures) { figures.EndPromise(event.Referred("promise")); }

}  // namespace

const EventKind kPromiseWithdrawn{
    .chinese = "撤回承诺",
    .sentence = "Promise {promise} withdrawn[: {reason}]",
    .chinese_sentence = "付款承诺 {promise} 撤回[：{reason}]",
    .check_state = CheckPromiseStands,
    .evolve = EvolvePromiseWithdrawn,
    .moves = MovePromiseWithdrawn,
};

}  // namespace duebook
