// Commits as the rows that they make, before these are written anywhere: from where a log ends and from the events that
// come next everything follows that is stored of them. Staging reads and writes no store, so the same bytes can go to
// any engine, or to several.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/event/schema_use.h"
#include "ledger/log/event_log.h"
#include "ledger/log/framed/checkpoint_signer.h"
#include "ledger/log/framed/tile.h"
#include "ledger/log/row_store.h"

namespace duebook {

// Where a log ends: what the next commit goes on from. As it stands here it is that of a log without events.
struct LogEnd {
  LogState state;
  std::string marks;                        // of the newest events' leaves, see tile.h
  std::optional<uint64_t> frame_count = 0;  // nothing if they were not counted from the beginning
  SchemaUse schema_use;
};

struct StagedFrame {
  uint64_t first_seq = 0;
  std::string stored;  // StoredFrame
};

// One or more commits, to be written as a whole.
struct StagedCommit {
  uint64_t events = 0;
  std::vector<StagedFrame> frames;
  std::vector<TreeRow> tree_rows;           // that they complete
  std::vector<KeptCheckpoint> checkpoints;  // of which `file` is not said
  LogEnd end;                               // after them
  bool uses_more_schema = false;            // than the events before
};

// All rows that are written with it, as layout.h describes them.
RowBatch RowsOf(StagedCommit commit);

// Stages commits one after the other.
class CommitStager {
 public:
  explicit CommitStager(LogEnd end);

  // Adds a commit: events with their final bytes, as EventLog::Append takes them, not empty. `signer` is told of every
  // event in turn.
  void Add(std::span<const std::string> commit, CheckpointSigner* signer);
  // The bytes of the frames that were added.
  size_t bytes() const { return bytes_; }
  // Returns what was added, and is of no use afterwards.
  StagedCommit Take() &&;

 private:
  void AddEvent(const std::string& bytes, CheckpointSigner* signer);

  StagedCommit staged_;  // but for what `tree_` holds
  GrowingTree tree_;
  size_t bytes_ = 0;
};

}  // namespace duebook
