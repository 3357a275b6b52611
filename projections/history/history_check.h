// Compares the columns of the history with what the log's events make.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ledger/log/derived/stored_columns.h"
#include "ledger/log/event_check.h"
#include "projections/history/growing_history.h"

namespace duebook {

// The events are folded once more, and each row is held against that which is there. This takes no memory but that of
// the columns, which other processes share.
class HistoryCheck : public EventCheck {
 public:
  // Checks the columns that are there now.
  explicit HistoryCheck(const EventLog& log);
  bool Check(std::span<const EventView> events) override;
  Result<std::optional<EventLog::Fault>> Finish() override;

 private:
  bool Differs() const;

  std::unique_ptr<const StoredColumns> stored_;
  std::optional<Error> fault_;  // of opening
  std::shared_ptr<GrowingHistory> history_;
  std::vector<NamedColumn> columns_;
  std::optional<EventLog::Fault> difference_;
};

}  // namespace duebook
