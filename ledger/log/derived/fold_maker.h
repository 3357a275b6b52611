// Makes the folds of one kind, event by event. Index and history are such kinds; whoever writes keeps both up with the
// log (folding.h).
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
  // Returns kDamaged once an added event refers to one that the maker has not seen: the folds before it are wrong, or
  // the log is.
  virtual Status status() const { return Status(); }
  // What follows from the events added since the last call.
  virtual std::vector<std::string> TakeSections() = 0;
  // Whether two sections say the same: they may be compressed in different ways.
  virtual bool AreEqual(const std::string& a, const std::string& b) const { return a == b; }
};

}  // namespace duebook
