#include "projections/history/history_check.h"

#include <fmt/core.h>

#include <algorithm>

#include "projections/history/stored_history.h"

namespace duebook {

HistoryCheck::HistoryCheck(const EventLog& log) : columns_(history_.Columns()) {
  auto stored = StoredColumns::Open(log, kStoredHistory);
  if (stored.ok() && *stored != nullptr) {
    stored_ = std::move(*stored);
    const Status taken = TakeStoredHistory(*stored_, kAllHistoryParts, &history_);
    if (!taken.ok()) fault_ = taken.error();
  } else if (!stored.ok()) {
    fault_ = stored.error();
  }
  if (fault_.has_value()) stored_.reset();
  if (stored_ == nullptr) return;
  for (const NamedColumn& column : columns_) column.memory->BeginComparing();
  history_.GoOnBehind(0);
}

bool HistoryCheck::Differs() const {
  const bool at_end = history_.position() == stored_->position();
  return std::any_of(columns_.begin(), columns_.end(), [at_end](const NamedColumn& column) {
    return column.memory->differs() || (at_end && column.memory->size() != column.memory->stored());
  });
}

bool HistoryCheck::Check(std::span<const EventView> events) {
  const uint64_t before = history_.position();
  for (const EventView event : events) {
    if (stored_ == nullptr || event.seq() > stored_->position()) break;
    history_.Evolve(event);
  }
  if (history_.position() == before || !Differs()) return true;
  difference_ = EventLog::Fault{
      0, "",
      fmt::format("what is derived from events {} to {} ({}) is not what they make; the events are as they were: "
                  "`duebook rebuild` makes it anew",
                  before + 1, history_.position(), kStoredHistory.name)};
  return false;
}

Result<std::optional<EventLog::Fault>> HistoryCheck::Finish() {
  if (difference_.has_value() || !fault_.has_value()) return difference_;
  if (fault_->code != ErrorCode::kDamaged) return *fault_;
  return std::optional(
      EventLog::Fault{0, "", fmt::format("{}; the events are as they were: {}", fault_->sentence, fault_->hint)});
}

}  // namespace duebook
