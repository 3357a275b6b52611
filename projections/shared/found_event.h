// What a report found that ought to be recorded: interest to be billed, payments to be applied. A report only says so;
// the command line records it (tools/commands/recording.h).

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event/event.h"

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

}  // namespace duebook
