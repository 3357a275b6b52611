// What lies beside the store and tells how far the log once reached: the record of the end, kept checkpoints, folds,
// columns.
//
// They are looked for before the store is opened. What they speak of was durable by then, so a log that ends before it
// has lost events, whatever is written meanwhile.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/log/derived/column_head.h"
#include "ledger/log/event_log.h"
#include "ledger/log/framed/end_record.h"
#include "ledger/values/result.h"

namespace duebook {

struct Witnesses {
  std::optional<std::string> end_bytes;  // of DIRECTORY/END; nothing if it is not there, or no file
  std::optional<EndRecord> end;          // what they say; nothing if they are not as they were written
  // Kept checkpoints and folds, by the number of events that their names tell.
  std::vector<std::pair<uint64_t, std::filesystem::path>> checkpoints, folds;
  std::vector<FoundColumns> columns;
};

// The size of the kept checkpoint that a file of this name holds; nothing if it is no such name.
std::optional<uint64_t> CheckpointSizeOf(const std::filesystem::path& path);

// kUnavailable.
Result<Witnesses> FindWitnesses(const std::filesystem::path& directory);

// A file that was made of more events of this ledger than it has.
struct LostEvents {
  uint64_t had = 0;  // so many
  std::string said_by;
};
// A kept checkpoint, a fold or columns of this ledger that were made of more than `last_seq` events, or nothing. What
// is not what its name says tells nothing here: verification looks at it. kUnavailable: it cannot be read.
Result<std::optional<LostEvents>> FindLostEvents(const Witnesses& witnesses, const LedgerIdentity& identity,
                                                 uint64_t last_seq);

}  // namespace duebook
