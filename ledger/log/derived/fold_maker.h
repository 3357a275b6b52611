// Makes the folds of one kind, event by event, for whoever keeps them up with the log (fold_track.h).
//
// Not thread-safe: one thread at a time.

#pragma once

#include <string>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/derived/folds.h"
#include "ledger/values/result.h"

namespace duebook {

class FoldMaker {
 public:
  virtual ~FoldMaker() = default;
  virtual FoldKind kind() const = 0;
  // Goes on behind these folds: takes from them what later folds need. Before the first Add, once. kDamaged.
  virtual Status ResumeAfter(const Folds& folds) = 0;
  // Events come in order of seq, without gaps.
  virtual void Add(EventView event) = 0;
  // What follows from the events added since the last call.
  virtual std::vector<std::string> TakeSections() = 0;
};

}  // namespace duebook
