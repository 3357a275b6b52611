// The end of a closing in force is named, and it is lifted with all later ones.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckClosingIsInForce(RuleCase& rule_case) {
  const std::vector<Date>& closed = rule_case.books.control().closed_through;
  const Date through = DateOf(*rule_case.event.body<schema::PeriodReopened>().through());
  if (std::find(closed.begin(), closed.end(), through) == closed.end()) {
    return Rejection{RejectionCode::kPeriodNotClosed,
                     closed.empty() ? std::string("no closing is in force")
                                    : fmt::format("no closing in force ends on {}; the last one does on {}",
                                                  through.ToString(), closed.back().ToString()),
                     "through"};
  }
  return std::nullopt;
}

void EvolvePeriodReopened(const EvolveCase& evolve_case) {
  const Date through = DateOf(*evolve_case.event.body<schema::PeriodReopened>().through());
  std::erase_if(evolve_case.books.MutableControl().closed_through,
                [through](Date closed) { return closed >= through; });
}

}  // namespace

const EventKind kPeriodReopened{
    .chinese = "重开账期",
    .sentence = "Period reopened through {through}[: {reason}]",
    .chinese_sentence = "重开账期，至 {through} 的关账解除[：{reason}]",
    .check_dates = CheckClosingIsInForce,
    .in_closed_period = true,
    .decide = CheckController,
    .evolve = EvolvePeriodReopened,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
