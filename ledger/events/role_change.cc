#include "ledger/events/role_change.h"

#include <fmt/core.h>

#include "ledger/events/keepers.h"

namespace duebook {

std::optional<Rejection> DecideRoleChange(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const RoleChange change = RoleChangeOf(event);
  const bool to_themselves = change.granted && change.user == event.actor() && !event.imported();
  const bool becomes_first = change.role == kAdministrator &&
                             !IsHeldByAnybody(rule_case.books.control().role_changes, kAdministrator, event.date());
  if (to_themselves && !becomes_first) {
    return Rejection{RejectionCode::kSelfApproval,
                     fmt::format("{} cannot grant the role {} to themselves", change.user, change.role), "actor"};
  }
  return CheckAdministrator(rule_case);
}

void EvolveRoleChange(const EvolveCase& evolve_case) {
  evolve_case.books.MutableControl().role_changes.push_back(RoleChangeOf(evolve_case.event));
}

}  // namespace duebook
