#include "projections/history/history_track.h"

#include "ledger/log/derived/folds.h"
#include "projections/history/stored_history.h"

namespace duebook {

HistoryTrack::HistoryTrack(const EventLog& log, FoldSizes sizes)
    : log_(log), sizes_(sizes), columns_(history_.Columns()) {}

uint64_t HistoryTrack::KeptTo() const {
  const auto stored = StoredColumns::Open(log_, kStoredHistory);
  return stored.ok() && *stored != nullptr ? (*stored)->position() : 0;
}

Status HistoryTrack::Resume() {
  const auto stored = StoredColumns::Open(log_, kStoredHistory);
  RETURN_IF_ERROR(stored);
  const StoredColumns* const columns = stored->get();
  if (columns != nullptr) RETURN_IF_ERROR(TakeStoredHistory(*columns, kAllHistoryParts, &history_));
  for (const NamedColumn& column : columns_) column.memory->Reserve();
  kept_ = written_ = history_.position();
  writer_.emplace(log_, kStoredHistory, sizes_.page_bytes, columns);
  return Status();
}

Status HistoryTrack::Add(EventView event) {
  history_.Evolve(event);
  RETURN_IF_ERROR(history_.status());
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
