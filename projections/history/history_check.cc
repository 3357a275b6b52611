#include "projections/history/history_check.h"

#include <algorithm>

#include "ledger/log/derived/damaged.h"
#include "projections/history/stored_history.h"

namespace duebook {

HistoryCheck::HistoryCheck(const EventLog& log) {
  auto stored = LoadStoredHistory(log, kAllHistoryParts);
  if (!stored.ok()) fault_ = stored.error();
  if (!stored.ok() || stored->columns == nullptr) return;
  stored_ = std::move(stored->columns);
  history_ = std::move(stored->history);
  columns_ = history_->Columns();
  for (const NamedColumn& column : columns_) column.memory->BeginComparing();
  history_->GoOnBehind(0);
}

bool HistoryCheck::Differs() const {
  const bool at_end = history_->position() == stored_->position();
  return std::any_of(columns_.begin(), columns_.end(), [at_end](const NamedColumn& column) {
    return column.memory->differs() || (at_end && column.memory->size() != column.memory->stored());
  });
}

bool HistoryCheck::Check(std::span<const EventView> events) {
  if (stored_ == nullptr) return true;
  const uint64_t before = history_->position();
  for (const EventView event : events) {
    if (event.seq() > stored_->position()) break;
    history_->Evolve(event);
  }
  if (history_->position() == before || !Differs()) return true;
  difference_ = DerivedDiffers(before + 1, history_->position(), kStoredHistory.name);
  return false;
}

Result<std::optional<EventLog::Fault>> HistoryCheck::Finish() {
  if (difference_.has_value()) return difference_;
  return FaultOfDerived(fault_);
}

}  // namespace duebook
