#include "tools/server/warm_ledger.h"

#include <utility>

#include "projections/history/stored_history.h"

namespace duebook {

WarmLedger::WarmLedger(std::unique_ptr<Ledger> ledger, std::shared_ptr<GrowingHistory> history)
    : ledger_(std::move(ledger)), history_(std::move(history)), columns_(history_), newest_(history_->position()) {}

Result<std::unique_ptr<WarmLedger>> WarmLedger::Make(std::unique_ptr<Ledger> ledger) {
  auto stored = LoadStoredHistory(ledger->log(), kAllHistoryParts);
  RETURN_IF_ERROR(stored);
  RETURN_IF_ERROR(stored->history->CatchUp(ledger->log()));
  return std::unique_ptr<WarmLedger>(new WarmLedger(std::move(ledger), std::move(stored->history)));
}

Result<std::vector<Outcome>> WarmLedger::Record(std::span<MadeCommand> commands) {
  const std::lock_guard lock(recording_);
  auto outcomes = ledger_->Record(commands);
  RETURN_IF_ERROR(outcomes);
  RETURN_IF_ERROR(history_->CatchUp(ledger_->log()));
  newest_.store(history_->position(), std::memory_order_release);
  if (told_) told_(newest());
  return outcomes;
}

}  // namespace duebook
