// History: the columns that all figures are computed from. A fold of the log: items (invoices, payments, unallocated
// credit notes) and the movements on them, in order of seq, with effective dates. It answers any cut by one linear
// pass; nothing in it depends on a cut.
//
// A History is a state of the columns: what the events up to one of them made. It does not change while further events
// are folded (growing_history.h), and is cheap to take and to copy. Any number of threads read it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ledger/log/derived/column_view.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"
#include "projections/history/history_tables.h"

namespace duebook {

class GrowingHistory;

class History : public HistoryTables<ColumnView, TextColumn> {
 public:
  // Makes a history of no events.
  History() = default;
  // Makes the state at `seq`, or at the last event that was folded if that is earlier.
  History(std::shared_ptr<const GrowingHistory> columns, uint64_t seq);

  // Index of the row that the event with this seq introduced; kNoItem if it introduced none.
  uint32_t CustomerAt(uint64_t seq) const;
  uint32_t ItemAt(uint64_t seq) const;
  // Return the row of an event that another one names as its invoice, or as its customer. kDamaged if it introduced
  // none: then what the history was read from, or an index, is not right.
  Result<uint32_t> NamedItem(uint64_t seq) const;
  Result<uint32_t> NamedCustomer(uint64_t seq) const;

  // Returns that of the whole log: by the columns that are kept beside it (stored_history.h), and by reading what is
  // behind them. It has these parts, which were checked; other columns are empty.
  static Result<History> Load(const EventLog& log, std::span<const HistoryPart> parts);
  // Returns a history of these customers only, from their own events: cost does not depend on the size of the log. Has
  // all columns. kNotFound names an unknown customer.
  static Result<History> OfCustomers(const EventLog& log, const std::vector<std::string>& customers);

 private:
  std::shared_ptr<const GrowingHistory> columns_;  // whose memory it reads
};

// How many rows of an ascending column of seqs are known at `known`. Cost: a binary search.
size_t RowsKnown(const ColumnView<uint64_t>& seq, uint64_t known);
// The row that the event with this seq introduced, by an ascending column of seqs; kNoItem if there is none.
uint32_t RowOf(const ColumnView<uint64_t>& column, uint64_t seq);
// The error for an event that refers to what is not there: it may be wrong, or what was folded of those before it.
Error DoesNotFollow(std::string sentence);

}  // namespace duebook
