// Folds of the history: what a run of events adds to its columns, each compressed by zstd.
//
// Sections: first how many elements each array gets (8 bytes each, little-endian), then the arrays themselves, in the
// order of ForEachArray in history_fold.cc. Seqs and offsets of texts are kept as the differences between neighbours,
// in 4 bytes; all else as it lies in memory, little-endian.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/log/derived/fold_maker.h"
#include "projections/history/history.h"

namespace duebook {

inline constexpr FoldKind kHistoryFold{"history", 1};

class HistoryFoldMaker : public FoldMaker {
 public:
  HistoryFoldMaker();
  ~HistoryFoldMaker() override;
  FoldKind kind() const override { return kHistoryFold; }
  Status GoOn(const Folds& folds) override;
  void Add(EventView event) override { history_->Evolve(event); }
  Status status() const override { return history_->status(); }
  std::vector<std::string> TakeSections() override;
  bool AreEqual(const std::string& a, const std::string& b) const override;

 private:
  std::unique_ptr<History> history_;  // of all events, but for rows that are in folds
  std::vector<uint64_t> folded_;      // how much of what each of its arrays holds is in folds
};

// Adds the folds' rows to an empty history, up to their end. kDamaged: it is of no use then.
Status AddFolds(const Folds& folds, History* history);

}  // namespace duebook
