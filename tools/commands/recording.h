// Recording what a report found (projections/shared/found_event.h): what --record does.

#pragma once

#include <vector>

#include "projections/shared/found_event.h"
#include "tools/commands/session.h"

namespace duebook {

// Records each group as a whole or not at all: all of them in one commit if none is refused, else one by one. Tells on
// standard error what was recorded, what was there before, and what was refused and why. Returns the exit
// status, which is kRefused if something was refused. What was recorded is durable before anything is told.
int RecordFound(Ledger& ledger, const Session& session, const std::vector<FoundGroup>& groups);

}  // namespace duebook
