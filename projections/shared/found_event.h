// What a report found that ought to be recorded: interest to be billed, payments to be applied. A report only says so;
// the command line records it (tools/commands/recording.h).

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event/event.h"

namespace duebook {

struct FoundEvent {
  EventType type;
  std::string id;  // IdOver
  // By name, as a cell has them, also `date`; an empty one is left out.
  std::vector<std::pair<std::string, std::string>> fields;
  // As long as an event of this id is in force, what was found is there already, and is not recorded another time.
  bool once = false;
};

// What is recorded as a whole or not at all, in this order. The first time is 1; where an id or a number of it is
// taken, by what was undone since or by something else, it is made for the second time, and so on.
using FoundGroup = std::function<std::vector<FoundEvent>(int time)>;

// Returns the prefix, such as "interest:", and 32 hexadecimal digits of the SHA-256 over the parts, joined by line
// feeds. From the second time on its number is a further part.
std::string IdOver(std::string_view prefix, std::vector<std::string> parts, int time);

// Returns a number that the ledger makes of another one, BEFORE + NUMBER + BEHIND, from the second time on with "-2"
// and so on at its end; where that would be too long, 16 hexadecimal digits of the SHA-256 of the inner number stand in
// its place.
std::string NumberAround(std::string_view before, std::string_view number, std::string_view behind, int time);

}  // namespace duebook
