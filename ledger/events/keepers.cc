#include "ledger/events/keepers.h"

#include <fmt/core.h>

namespace duebook {

namespace {

std::optional<Rejection> CheckKeeper(const RuleCase& rule_case, std::string_view role) {
  const std::vector<RoleChange>& changes = rule_case.books.control().role_changes;
  const EventView event = rule_case.event;
  if (event.imported() || !IsHeldByAnybody(changes, role, event.date())) return std::nullopt;
  if (HoldsRoleStill(changes, event.actor(), role, event.date())) return std::nullopt;
  const std::string date = event.date().ToString();
  return Rejection{RejectionCode::kMissingRole,
                   event.actor().empty()
                       ? fmt::format("no actor is named, and on {} others hold the role {}", date, role)
                       : fmt::format("{} does not hold the role {} on {}, which others do", event.actor(), role, date),
                   "actor"};
}

}  // namespace

std::optional<Rejection> CheckController(RuleCase& rule_case) { return CheckKeeper(rule_case, kController); }

std::optional<Rejection> CheckAdministrator(RuleCase& rule_case) { return CheckKeeper(rule_case, kAdministrator); }

}  // namespace duebook
