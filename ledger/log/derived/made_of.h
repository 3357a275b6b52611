// Tells of which events of which log something is made that is kept beside it, and whether the log has these events.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "ledger/log/event_log.h"
#include "ledger/values/hash.h"
#include "ledger/values/result.h"

namespace duebook {

// The hash of an event in the log's tree. Cost: reads the event. kDamaged, kUnavailable.
Result<Hash> LeafOf(const EventLog& log, uint64_t seq);

// What a head says of itself. The last event's hash tells it from one made of other events with the same seqs, as of a
// restored ledger that went another way.
struct MadeOf {
  std::string_view ledger_id;
  std::string_view kind;
  uint64_t last_seq;
  const Hash& last_leaf;
};

// Cost: reads an event. kDamaged: what lies at the path is of another kind or ledger than it should be, or was made of
// other events than the log has. kUnavailable.
Status HoldAgainst(const EventLog& log, std::string_view kind, const MadeOf& head, const std::filesystem::path& path);

}  // namespace duebook
