// A history in the making: folds events into columns, one after the other. What an event moves stands in the file of
// its type (EventKind::moves); how that becomes rows stands here. One thread folds; any number of others take states of
// it (History) meanwhile, under no lock.

#pragma once

#include <fmt/core.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/derived/growing_column.h"
#include "ledger/log/derived/stored_columns.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"
#include "projections/history/history_tables.h"
#include "projections/history/rows_by_seq.h"

namespace duebook {

class GrowingHistory : public HistoryTables<GrowingColumn, GrowingTextColumn> {
 public:
  // The last event folded, whether or not it left a row.
  uint64_t position() const { return position_.load(std::memory_order_acquire); }

  // Folds one event. Events come in ascending seq; a history of some customers may leave out all others' events. The
  // event's references must have been folded before it: see status().
  void Evolve(EventView event);
  // Folds what the log has behind position().
  Status CatchUp(const EventLog& log);

  // kDamaged once an event referred to what is not here. Then what they were found by, an index or columns that were
  // kept, is not right, nor is this history, though it can be read.
  Status status() const;

  // Index of the row that the event with this seq introduced; kNoItem if it introduced none.
  uint32_t CustomerAt(uint64_t seq) const;
  uint32_t ItemAt(uint64_t seq) const;

  // Goes on behind the event with this seq, whose state was loaded into the columns.
  void GoOnBehind(uint64_t position) { position_ = position; }

  // Returns its columns by their names on disk, in the order of ForEachStoredColumn.
  std::vector<NamedColumn> Columns();

 private:
  class FiguresOfEvent;

  uint32_t PersonIndex(std::string_view name);
  // Looks at all of them, which are few.
  uint32_t AttributeIndex(std::string_view name);

  std::atomic<uint64_t> position_ = 0;
  uint64_t first_stray_ = 0;  // the first event that referred to what is not here; 0: none
  RowsBySeq evolved_customers_;
  RowsBySeq evolved_items_;
  struct HashOfText {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  // Rows of `people` by name; those that were loaded are added when it is needed.
  std::unordered_map<std::string, uint32_t, HashOfText, std::equal_to<>> person_index_;
};

// Visits each column as it is stored, with its name on disk and what is said of it: a text column is two, of the texts
// and of where they end. `History` is a GrowingHistory, const or not.
template <class History, class Visit>
void ForEachStoredColumn(History& history, Visit&& visit) {
  ForEachTable(
      [&](std::string_view table_name, auto& table) {
        table.Columns(
            [&]<class Column>(const HistoryColumn& column, Column& values) {
              std::string name = fmt::format("{}.{}", table_name, column.name);
              if constexpr (std::is_same_v<std::remove_const_t<Column>, GrowingTextColumn>) {
                visit(name + ".heap", HistoryColumn{column.name, column.part}, values.heap);
                visit(name + ".ends", HistoryColumn{column.name, column.part, Values::kEnd}, values.ends);
              } else {
                visit(std::move(name), column, values);
              }
            },
            table);
      },
      history);
}

}  // namespace duebook
