// Recording what a report found (projections/shared/found_event.h): what --record does.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "projections/shared/found_event.h"
#include "tools/commands/session.h"

namespace duebook {

struct RecordedFound {
  int status = kDone;  // the exit status: kRefused if something was refused
  // By the id that it has the first time, that of each event that is recorded now or was there before.
  std::map<std::string, std::string> ids;
};

// Records each group as a whole or not at all: all of them in one commit if none is refused, else one by one. Each is
// made for the first time for which its ids and numbers are free. Tells on standard error what was recorded, what was
// there before, and what was refused and why. What was recorded is durable before anything is told.
RecordedFound RecordFound(Ledger& ledger, const Session& session, const std::vector<FoundGroup>& groups);

}  // namespace duebook
