// The ledger as the server has it: open for writing, with its history kept warm. Any number of threads ask it reports
// meanwhile, each of the columns as they are, which costs nothing.

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
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

  // Records as the ledger does, one call after the other; when it answers, what was recorded is in the columns too.
  Result<std::vector<Outcome>> Record(std::span<MadeCommand> commands);

  // `told` hears of each newest event, in the thread that records. To be set before anything is recorded.
  void OnNewer(std::function<void(uint64_t newest)> told) { told_ = std::move(told); }

 private:
  WarmLedger(std::unique_ptr<Ledger> ledger, std::shared_ptr<GrowingHistory> history);

  const std::unique_ptr<Ledger> ledger_;
  const std::shared_ptr<GrowingHistory> history_;  // which Record extends
  const std::shared_ptr<const GrowingHistory> columns_;
  std::mutex recording_;
  std::atomic<uint64_t> newest_;
  std::function<void(uint64_t)> told_;
};

}  // namespace duebook
