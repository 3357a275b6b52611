// The ledger as the server has it: open for writing, with its history kept warm. Any number of threads ask it reports
// meanwhile, each of the columns as they are, which costs nothing, and any number record.

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "ledger/ledger.h"
#include "projections/history/growing_history.h"

namespace duebook {

class WarmLedger {
 public:
  // Loads the columns that are kept beside the log, and folds what is behind them. Errors as LoadStoredHistory.
  static Result<std::unique_ptr<WarmLedger>> Make(std::unique_ptr<Ledger> ledger);

  const EventLog& log() const { return ledger_->log(); }
  const std::shared_ptr<const GrowingHistory>& columns() const { return columns_; }
  // The last event that is durable and in the columns: what answers may speak of.
  uint64_t newest() const { return newest_.load(std::memory_order_acquire); }

  // Records as the ledger does: calls of several threads share commits. When it answers, what was recorded is in the
  // columns, too.
  Result<std::vector<Outcome>> Record(std::span<MadeCommand> commands);

  // How commands are recorded of which none may stand without the others, or which rest on what somebody saw.
  struct Terms {
    bool all_or_nothing = false;            // one refusal, and none is recorded
    bool only_rehearsed = false;            // none is, whatever the outcomes are: they tell what would become of it
    std::optional<uint64_t> if_known = {};  // none is, if an event behind this one is about a customer of theirs
  };
  struct Answered {
    std::vector<Outcome> outcomes;  // of each command, as they would be if all that can be recorded were
    bool recorded = false;
    std::vector<uint64_t> newer;  // why none is recorded: the events behind `if_known`, ascending
  };
  // The ledger takes nothing else meanwhile, so what is looked at is what it is when the commands are decided.
  Result<Answered> RecordOn(const Terms& terms, std::span<MadeCommand> commands);

  // `told` hears of each newest event, in a thread that records. To be set before anything is recorded.
  void OnNewer(std::function<void(uint64_t newest)> told) { told_ = std::move(told); }

 private:
  WarmLedger(std::unique_ptr<Ledger> ledger, std::shared_ptr<GrowingHistory> history);

  // Takes what is durable into the columns.
  Status Publish();

  const std::unique_ptr<Ledger> ledger_;
  const std::shared_ptr<GrowingHistory> history_;  // which Publish extends
  const std::shared_ptr<const GrowingHistory> columns_;
  std::mutex publishing_;
  std::atomic<uint64_t> newest_;
  std::function<void(uint64_t)> told_;
};

}  // namespace duebook
