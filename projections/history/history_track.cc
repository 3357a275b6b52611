#include "projections/history/history_track.h"

#include <utility>

#include "ledger/log/derived/folds.h"
#include "projections/history/stored_history.h"

namespace duebook {

HistoryTrack::HistoryTrack(const EventLog& log, FoldSizes sizes) : log_(log), sizes_(sizes) {}

uint64_t HistoryTrack::KeptTo() const {
  const auto stored = StoredColumns::Open(log_, kStoredHistory);
  return stored.ok() && *stored != nullptr && (*stored)->is_newest() ? (*stored)->synced_position() : 0;
}

Status HistoryTrack::Resume() {
  auto stored = LoadStoredHistory(log_, kAllHistoryParts);
  RETURN_IF_ERROR(stored);
  history_ = std::move(stored->history);
  columns_ = history_->Columns();
  const StoredColumns* const columns = stored->columns.get();
  const bool goes_on = columns != nullptr && columns->is_newest();
  written_ = goes_on ? columns->position() : 0;
  kept_ = goes_on ? columns->synced_position() : 0;
  writer_.emplace(log_, kStoredHistory, sizes_.page_bytes, goes_on ? columns : nullptr);
  return Status();
}

Status HistoryTrack::Add(EventView event) {
  history_->Evolve(event);
  RETURN_IF_ERROR(history_->status());
  if (position() % sizes_.most == 0) return Keep();
  return position() - written_ >= sizes_.least ? Write() : Status();
}

Status HistoryTrack::Write() {
  written_ = position();
  return writer_->Write(columns_, position());
}

Status HistoryTrack::Keep() {
  if (written_ < position()) RETURN_IF_ERROR(Write());
  kept_ = position();
  return writer_->Sync(columns_);
}

}  // namespace duebook
