// Keeps the columns of the history up with the log.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ledger/log/derived/column_writer.h"
#include "ledger/log/derived/track.h"
#include "projections/history/growing_history.h"

namespace duebook {

// They are written whenever there are FoldSizes::least new events, and synced with each multiple of FoldSizes::most.
class HistoryTrack : public Track {
 public:
  // The log must outlive it.
  HistoryTrack(const EventLog& log, FoldSizes sizes);
  uint64_t KeptTo() const override;
  Status Resume() override;
  uint64_t position() const override { return history_->position(); }
  uint64_t kept() const override { return kept_; }
  Status Add(EventView event) override;
  Status Keep() override;

 private:
  Status Write();

  const EventLog& log_;
  const FoldSizes sizes_;
  std::shared_ptr<GrowingHistory> history_ = std::make_shared<GrowingHistory>();
  std::vector<NamedColumn> columns_;
  std::optional<ColumnWriter> writer_;  // once resumed
  uint64_t written_ = 0;                // the last event of which what follows is written
  uint64_t kept_ = 0;                   // and synced
};

}  // namespace duebook
