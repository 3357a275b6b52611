// Granting and revoking roles.

#pragma once

#include "ledger/events/event_kind.h"

namespace duebook {

// Nobody grants a role to themselves, save the one who becomes administrator while nobody is.
std::optional<Rejection> DecideRoleChange(RuleCase& rule_case);
void EvolveRoleChange(const EvolveCase& evolve_case);

}  // namespace duebook
