// What a report found that ought to be recorded: interest to be billed, payments to be applied. A report only says so;
// the command line records it (tools/commands/recording.h).

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"

namespace duebook {

struct FoundEvent {
  EventType type;
  std::string id;  // IdOver, so that the same is recorded once
  // By name, as a cell has them, also `date`; an empty one is left out.
  std::vector<std::pair<std::string, std::string>> fields;
};

// What is recorded as a whole or not at all, in this order.
using FoundGroup = std::vector<FoundEvent>;

// Returns the prefix, such as "interest:", and 32 hexadecimal digits of the SHA-256 over the parts, joined by line
// feeds.
std::string IdOver(std::string_view prefix, std::initializer_list<std::string_view> parts);

// Such an id that the log does not have yet. What is asked for a second time on one day, as the first was undone since
// or was of something else, has the number of the time as a further part.
struct FreeId {
  std::string id;
  int time = 1;
};
FreeId FreeIdOver(const EventLog& log, std::string_view prefix, const std::vector<std::string>& parts);

// Returns a number that the ledger makes of another one, BEFORE + NUMBER + BEHIND; where that would be too long, 16
// hexadecimal digits of the SHA-256 of the inner number stand in its place.
std::string NumberAround(std::string_view before, std::string_view number, std::string_view behind);

}  // namespace duebook
