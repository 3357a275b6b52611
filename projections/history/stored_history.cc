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

// Whether all rows are between these two. Takes the time of reading them.
template <class T>
bool AreWithin(const ColumnView<T>& column, size_t first, size_t last, typename StoredForm<T>::Wide least,
               typename StoredForm<T>::Wide most) {
  return column.VisitStored(first, last, [least, most](auto stored) {
    auto smallest = stored.front();
    auto largest = stored.front();
    for (const auto value : stored) {
      smallest = std::min(smallest, value);
      largest = std::max(largest, value);
    }
    return smallest >= least && largest <= most;
  });
}

template <class T>
bool Ascend(const ColumnView<T>& column, size_t first, size_t last) {
  return column.VisitStored(first == 0 ? 0 : first - 1, last, [](auto stored) {
    bool ascend = true;
    for (size_t i = 1; i < stored.size(); i++) ascend &= stored[i - 1] <= stored[i];
    return ascend;
  });
}

// Whether each value of the rows [first, last), of which there are some, can be.
bool ArePossible(const ColumnView<Date>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return AreWithin(column, first, last, Date::Min().days(), Date::Max().days());
}

bool ArePossible(const ColumnView<Currency>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  Currency possible;  // neighbours are mostly the same
  for (size_t row = first; row < last; row++) {
    const Currency currency = column[row];
    if (currency == possible) continue;
    if (!Currency::FromPacked(currency.packed()).has_value()) return false;
    possible = currency;
  }
  return true;
}

bool ArePossible(const ColumnView<ItemKind>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return AreWithin(column, first, last, ItemKind::kInvoice, ItemKind::kCreditNote);
}

bool ArePossible(const ColumnView<MovementKind>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return AreWithin(column, first, last, MovementKind::kIssued, MovementKind::kReversed);
}

bool ArePossible(const ColumnView<Origin>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return AreWithin(column, first, last, Origin::kRecorded, Origin::kImported);
}

bool ArePossible(const ColumnView<char>& /*column*/, Values /*values*/, const Targets& /*targets*/, size_t /*first*/,
                 size_t /*last*/) {
  return true;
}

bool ArePossible(const ColumnView<Minor>& column, Values values, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return values != Values::kPositive || AreWithin(column, first, last, 1, INT64_MAX);
}

bool ArePossible(const ColumnView<uint64_t>& column, Values values, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return values == Values::kAny || Ascend(column, first, last);
}

bool ArePossible(const ColumnView<uint32_t>& column, Values values, const Targets& targets, size_t first, size_t last) {
  const size_t rows = targets.Of(values);
  if (values == Values::kItemOrNone) {
    for (size_t row = first; row < last; row++) {
      if (column[row] >= rows && column[row] != kNoItem) return false;
    }
    return true;
  }
  return rows > 0 && AreWithin(column, first, last, 0, static_cast<uint32_t>(rows - 1));
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
