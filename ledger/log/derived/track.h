// What is kept beside the log of one kind, and kept up with it: folds of the index, columns of the history. Folding
// (folding.h) leads the events along all tracks.
//
// Not thread-safe: one thread at a time.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/derived/folds.h"
#include "ledger/log/event_check.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

class Track {
 public:
  virtual ~Track() = default;
  // Up to which event it is kept already, without a close look. 0 if what is there is of no use.
  virtual uint64_t KeptTo() const = 0;
  // Takes up what is kept; once, before what follows. kDamaged: it is of no use. kUnavailable.
  virtual Status Resume() = 0;
  // The last event added, or taken up.
  virtual uint64_t position() const = 0;
  // The last event of which what follows is on disk.
  virtual uint64_t kept() const = 0;
  // Adds the next event, which is durable, and keeps what follows from it and those before it where they are many.
  // kDamaged: it does not follow from those before it. kUnavailable.
  virtual Status Add(EventView event) = 0;
  // Keeps what was added. Likewise.
  virtual Status Keep() = 0;
};

using Tracks = std::vector<std::unique_ptr<Track>>;

// Makes the tracks of a log, which must outlive them.
using MakeTracks = std::function<Tracks(const EventLog& log, const FoldSizes& sizes)>;

}  // namespace duebook
