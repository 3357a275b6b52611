#include "projections/history/stored_history.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/log/derived/damaged.h"
#include "ledger/log/derived/folds.h"
#include "projections/history/history.h"

namespace duebook {

namespace {

// How many rows there are of what rows of others point to.
struct Targets {
  size_t customers, items, disputes, promises, shipments, people;

  size_t Of(Values values) const {
    switch (values) {
      case Values::kCustomer:
        return customers;
      case Values::kDispute:
        return disputes;
      case Values::kPromise:
        return promises;
      case Values::kShipment:
        return shipments;
      case Values::kPerson:
        return people;
      default:
        return items;
    }
  }
};

bool IsPossible(Date date) { return date >= Date::Min() && date <= Date::Max(); }
bool IsPossible(Currency currency) { return Currency::FromPacked(currency.packed()).has_value(); }
bool IsPossible(ItemKind kind) { return kind >= ItemKind::kInvoice && kind <= ItemKind::kCreditNote; }
bool IsPossible(MovementKind kind) { return kind >= MovementKind::kIssued && kind <= MovementKind::kReversed; }
bool IsPossible(Origin origin) { return origin == Origin::kRecorded || origin == Origin::kImported; }
bool IsPossible(char /*of_text*/) { return true; }

// Whether each value of these rows can be, by the type alone. Neighbours are often the same.
template <class T>
bool ArePossible(const ColumnView<T>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  if constexpr (std::is_same_v<T, char>) return true;
  T right = column[first];
  if (!IsPossible(right)) return false;
  for (size_t row = first + 1; row < last; row++) {
    const T value = column[row];
    if (value == right) continue;
    if (!IsPossible(value)) return false;
    right = value;
  }
  return true;
}

bool ArePossible(const ColumnView<Minor>& column, Values values, const Targets& /*targets*/, size_t first,
                 size_t last) {
  if (values != Values::kPositive) return true;
  for (size_t row = first; row < last; row++) {
    if (column[row] <= 0) return false;
  }
  return true;
}

// Seqs and ends ascend, from the row before these on.
bool ArePossible(const ColumnView<uint64_t>& column, Values values, const Targets& /*targets*/, size_t first,
                 size_t last) {
  if (values == Values::kAny) return true;
  uint64_t least = first == 0 ? 0 : column[first - 1];
  for (size_t row = first; row < last; row++) {
    if (column[row] < least) return false;
    least = column[row];
  }
  return true;
}

bool ArePossible(const ColumnView<uint32_t>& column, Values values, const Targets& targets, size_t first, size_t last) {
  const size_t rows = targets.Of(values);
  for (size_t row = first; row < last; row++) {
    if (column[row] >= rows && (values != Values::kItemOrNone || column[row] != kNoItem)) return false;
  }
  return true;
}

// Whether the columns of each table have the same number of rows, and texts end within their heaps.
bool AreEven(const HistoryTables<GrowingColumn, GrowingTextColumn>& history) {
  bool even = true;
  std::string_view table;
  size_t rows = 0;
  const GrowingColumn<char>* heap = nullptr;
  ForEachColumn(history, [&](const HistoryColumn& column, const auto& values) {
    if constexpr (std::is_same_v<decltype(values), const GrowingColumn<char>&>) {
      heap = &values;
    } else {
      if (column.table() != table) rows = values.size();
      table = column.table();
      even = even && values.size() == rows;
      if constexpr (std::is_same_v<decltype(values), const GrowingColumn<uint64_t>&>) {
        if (column.values == Values::kEnd && rows > 0) even = even && values.back() <= heap->size();
      }
    }
  });
  return even;
}

}  // namespace

Result<std::unique_ptr<const StoredColumns>> OpenStoredHistory(const EventLog& log) {
  auto stored = StoredColumns::Open(log, kStoredHistory);
  RETURN_IF_ERROR(stored);
  const uint64_t position = *stored == nullptr ? 0 : (*stored)->position();
  // A backup has none: they are made when it is restored.
  const bool due = log.last_seq() - position >= FoldSizes().least && !log.identity().is_copy;
  if (due && !log.IsBeingWritten()) {
    WarnOfDerived(log, fmt::format("it ends at event {} of {}", position, log.last_seq()));
  }
  return stored;
}

Status TakeStoredHistory(const StoredColumns& stored, std::span<const HistoryPart> parts, GrowingHistory* history) {
  const std::vector<NamedColumn> columns = history->Columns();
  RETURN_IF_ERROR(stored.Load(columns));
  if (!AreEven(*history)) return DamagedDerived("the columns of the history do not belong together");
  history->GoOnBehind(stored.position());
  const Targets targets{history->customers.seq.size(), history->items.seq.size(),     history->disputes.seq.size(),
                        history->promises.seq.size(),  history->shipments.seq.size(), history->people.size()};
  std::vector<size_t> places;
  std::vector<std::function<bool(size_t, size_t)>> checks;
  ForEachColumn(*history, [&](const HistoryColumn& column, const auto& values) {
    const bool is_wanted = std::find(parts.begin(), parts.end(), column.part) != parts.end();
    if (is_wanted) places.push_back(checks.size());
    checks.emplace_back([view = values.View(), of = column.values, &targets](size_t first, size_t last) {
      return first == last || ArePossible(view, of, targets, first, last);
    });
  });
  return stored.Check(columns, places,
                      [&](size_t place, size_t first, size_t last) { return checks[place](first, last); });
}

}  // namespace duebook
