// Compares the folds of one kind with what the log's events make: they are made again, as they were cut.
//
// Cost: that of making folds; the memory of one that is in the making.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/log/derived/fold_maker.h"
#include "ledger/log/event_check.h"

namespace duebook {

class FoldCheck : public EventCheck {
 public:
  // Checks the folds that are there now. The log must outlive it.
  FoldCheck(const EventLog& log, std::unique_ptr<FoldMaker> maker);

  bool Check(std::span<const EventView> events) override;
  // Returns the first fold that differs, or what is wrong with them beside; or nothing. kUnavailable: one cannot be
  // read.
  Result<std::optional<EventLog::Fault>> Finish() override;

 private:
  bool IsAsMade(const SectionFile& file, const std::vector<std::string>& made) const;

  std::unique_ptr<FoldMaker> maker_;
  Folds folds_;
  size_t next_ = 0;  // the fold in the making
  std::optional<EventLog::Fault> fault_;
};

}  // namespace duebook
