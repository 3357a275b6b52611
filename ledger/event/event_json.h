// Events as JSON Lines, in the form that import reads.

#pragma once

#include <string>
#include <string_view>

#include "ledger/event/event.h"

namespace duebook {

// Appends the event as one JSON object, without a newline. Import makes a command of it that has the same content; the
// fields seq, recorded_at and source are for people, and import ignores them. Amounts are decimal strings. What the
// ledger works out by itself (`internal` fields) is left out, and so is the hash of the request that an approval names:
// the request has another hash in the log that it is imported into, where the ledger fills in that one.
void AppendEventJson(EventView event, std::string* json);

}  // namespace duebook
