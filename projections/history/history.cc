#include "projections/history/history.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "ledger/log/derived/folds.h"
#include "projections/history/growing_history.h"
#include "projections/history/stored_history.h"
#include "projections/history/visible_events.h"

namespace duebook {

namespace {

// The row that an event introduced which another one names.
Result<uint32_t> Named(const ColumnView<uint64_t>& column, uint64_t seq, const char* what) {
  const uint32_t row = RowOf(column, seq);
  if (row != kNoItem) return row;
  return DoesNotFollow(fmt::format("event {} introduces no {}, and another one names it", seq, what));
}

// Takes what is kept beside the log.
Status LoadStored(const EventLog& log, std::span<const HistoryPart> parts, GrowingHistory* history) {
  const auto stored = OpenStoredHistory(log);
  RETURN_IF_ERROR(stored);
  return *stored == nullptr ? Status() : TakeStoredHistory(**stored, parts, history);
}

// Empties the columns that were not asked for, since they were not checked either.
void ClearOtherParts(std::span<const HistoryPart> parts, History* history) {
  ForEachColumn(*history, [&](const HistoryColumn& column, auto& values) {
    const bool is_asked = std::find(parts.begin(), parts.end(), column.part) != parts.end();
    if (!is_asked && column.part != HistoryPart::kSeqs) values = {};
  });
}

}  // namespace

size_t RowsKnown(const ColumnView<uint64_t>& seq, uint64_t known) {
  return seq.empty() || seq.back() <= known ? seq.size() : RowsBelow(seq, known + 1);
}

uint32_t RowOf(const ColumnView<uint64_t>& column, uint64_t seq) {
  const size_t row = RowsBelow(column, seq);
  return row < column.size() && column[row] == seq ? static_cast<uint32_t>(row) : kNoItem;
}

Error DoesNotFollow(std::string sentence) {
  return {ErrorCode::kDamaged, std::move(sentence),
          "`duebook verify` tells whether the log or what is derived from it is damaged"};
}

namespace {

// How many rows of a table are known, by its first column that is not of texts. `history` has the tables before it.
size_t RowsOfTable(const HistoryColumn& column, const ColumnView<uint64_t>& first, const History& /*history*/,
                   uint64_t known) {
  return column.values == Values::kSeq ? RowsKnown(first, known) : first.size();
}
size_t RowsOfTable(const HistoryColumn& column, const ColumnView<uint32_t>& first, const History& history,
                   uint64_t /*known*/) {
  const size_t rows = column.values == Values::kPromise ? history.promises.seq.size() : history.items.seq.size();
  return RowsBelow(first, static_cast<uint32_t>(rows));
}

}  // namespace

History::History(std::shared_ptr<const GrowingHistory> columns, uint64_t seq) : columns_(std::move(columns)) {
  const uint64_t known = std::min(seq, columns_->position());
  std::vector<const ColumnMemory*> all;
  ForEachColumn(*columns_, [&](const HistoryColumn&, const ColumnMemory& memory) { all.push_back(&memory); });
  size_t place = 0;
  size_t rows = 0;
  std::string_view table;
  ForEachColumn(*this, [&]<class T>(const HistoryColumn& column, ColumnView<T>& view) {
    view = static_cast<const GrowingColumn<T>&>(*all[place++]).View();
    if constexpr (!std::is_same_v<T, char>) {  // of texts there may be more than ends lead to
      if constexpr (sizeof(T) >= sizeof(uint32_t) && std::is_unsigned_v<T>) {
        if (column.table() != table) rows = RowsOfTable(column, view, *this, known);
      }
      table = column.table();
      view = view.First(rows);
    }
  });
}

uint32_t History::CustomerAt(uint64_t seq) const { return RowOf(customers.seq, seq); }

uint32_t History::ItemAt(uint64_t seq) const { return RowOf(items.seq, seq); }

Result<uint32_t> History::NamedItem(uint64_t seq) const { return Named(items.seq, seq, "invoice"); }

Result<uint32_t> History::NamedCustomer(uint64_t seq) const { return Named(customers.seq, seq, "customer"); }

Result<std::shared_ptr<const History>> History::Load(const EventLog& log, std::span<const HistoryPart> parts) {
  auto columns = std::make_shared<GrowingHistory>();
  const Status stored = LoadStored(log, parts, columns.get());
  Status loaded = stored.ok() ? columns->CatchUp(log) : stored;
  if (!stored.ok() || (!loaded.ok() && loaded.error().code == ErrorCode::kDamaged)) {
    WarnOfDerived(log, loaded.error().sentence);
    columns = std::make_shared<GrowingHistory>();
    loaded = columns->CatchUp(log);
  }
  RETURN_IF_ERROR(loaded);
  auto history = std::make_shared<History>(std::move(columns), log.last_seq());
  ClearOtherParts(parts, history.get());
  return std::shared_ptr<const History>(std::move(history));
}

Result<std::shared_ptr<const History>> History::OfCustomers(const EventLog& log,
                                                            const std::vector<std::string>& customers) {
  auto seqs = SeqsOfCustomers(log, customers);
  RETURN_IF_ERROR(seqs);
  auto columns = std::make_shared<GrowingHistory>();
  RETURN_IF_ERROR(log.GetMany(*seqs, [&](EventView event) { columns->Evolve(event); }));
  RETURN_IF_ERROR(columns->status());
  return std::make_shared<const History>(std::move(columns), log.last_seq());
}

}  // namespace duebook
