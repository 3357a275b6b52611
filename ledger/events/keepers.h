// Roles that keep what they may do from all others.

#pragma once

#include "ledger/events/event_kind.h"

namespace duebook {

// Whoever holds the role keeps what it may do from all others; as long as nobody does, it is free to all.
std::optional<Rejection> CheckController(RuleCase& rule_case);
std::optional<Rejection> CheckAdministrator(RuleCase& rule_case);

}  // namespace duebook
