// The books are closed through a day: nothing dated on or before it is accepted. Closings move forward.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckClosingMovesForward(RuleCase& rule_case) {
  const std::vector<Date>& closed = rule_case.books.control().closed_through;
  const Date through = DateOf(*rule_case.event.body<schema::PeriodClosed>().through());
  if (!closed.empty() && through <= closed.back()) {
    return Rejection{RejectionCode::kPeriodClosed,
                     fmt::format("the books are closed through {} already", closed.back().ToString()), "through"};
  }
  return std::nullopt;
}

void EvolvePeriodClosed(const EvolveCase& evolve_case) {
  evolve_case.books.MutableControl().closed_through.push_back(
      DateOf(*evolve_case.event.body<schema::PeriodClosed>().through()));
}

}  // namespace

const EventKind kPeriodClosed{
    .chinese = "关账",
    .sentence = "Period closed through {through}[: {reason}]",
    .chinese_sentence = "关账至 {through}[：{reason}]",
    .check_dates = CheckClosingMovesForward,
    .in_closed_period = true,
    .decide = CheckController,
    .evolve = EvolvePeriodClosed,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
