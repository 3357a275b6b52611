// How small a difference may be closed, in one currency and from a day on.

#include <fmt/core.h>

#include "ledger/books/tolerance_policy.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"
#include "ledger/values/percentage.h"

namespace duebook {

namespace {

bool HasPercentage(EventView event) {
  const auto& body = event.body<schema::TolerancePolicySet>();
  return body.percent() == nullptr || ParsePercentage(EventView::Text(body.percent()), 0, kHundredPerCent).has_value();
}

std::optional<Rejection> CheckPercentage(RuleCase& rule_case) {
  if (HasPercentage(rule_case.event)) return std::nullopt;
  const auto& body = rule_case.event.body<schema::TolerancePolicySet>();
  return Rejection{RejectionCode::kBadField,
                   fmt::format("'{}' is no percentage: write 0 to 100 with at most four decimals, such as 0.5",
                               EventView::Text(body.percent())),
                   "percent"};
}

void EvolveTolerancePolicySet(const EvolveCase& evolve_case) {
  if (!HasPercentage(evolve_case.event)) return evolve_case.books.Distrust("its percentage is none");
  evolve_case.books.MutableControl().tolerances.push_back(TolerancePolicyOf(evolve_case.event));
}

}  // namespace

const EventKind kTolerancePolicySet{
    .chinese = "差异容限",
    .sentence = "Differences may be closed up to {amount}[, {percent} per cent][, {per_month} a month]",
    .chinese_sentence = "差异容限 {amount}[，{percent}%][，每月 {per_month}]",
    .check_fields = CheckPercentage,
    .decide = CheckAdministrator,
    .evolve = EvolveTolerancePolicySet,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
