#include "projections/history/stored_history.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "ledger/log/derived/damaged.h"

namespace duebook {

namespace {

// What values in columns lead to, or are held against: how many rows there are of each table, the last event, and whom
// facts are about.
struct Targets {
  size_t customers, items, disputes, promises, shipments, people, attributes, facts;
  uint64_t last_seq;
  ColumnView<uint32_t> customers_of_facts;

  size_t Of(Values values) const {
    switch (values) {
      case Values::kCustomer:
      case Values::kCustomerOrNone:
        return customers;
      case Values::kDispute:
        return disputes;
      case Values::kPromise:
        return promises;
      case Values::kShipment:
        return shipments;
      case Values::kPerson:
        return people;
      case Values::kAttribute:
        return attributes;
      case Values::kFact:
        return facts;
      default:
        return items;
    }
  }
};

// Returns whether all rows are between these two. Takes the time of reading them.
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

// Returns whether each value of the rows [first, last), of which there are some, can be.
bool ArePossible(const ColumnView<Date>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return AreWithin(column, first, last, Date::Min().days(), Date::Max().days());
}

bool ArePossible(const ColumnView<Currency>& column, Values /*values*/, const Targets& /*targets*/, size_t first,
                 size_t last) {
  const bool are_same = column.VisitStored(
      first, last, [](auto stored) { return std::equal(stored.begin() + 1, stored.end(), stored.begin()); });
  Currency possible;  // neighbours are mostly the same
  for (size_t row = first; row < (are_same ? first + 1 : last); row++) {
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

// A fact is about a customer where events of its type are, and about none where they are not.
bool ArePossible(const ColumnView<EventType>& column, Values /*values*/, const Targets& targets, size_t first,
                 size_t last) {
  for (size_t row = first; row < last; row++) {
    const EventTypeInfo* info = FindEventType(column[row]);
    if (info == nullptr) return false;
    const CustomerUse wrong =
        targets.customers_of_facts[row] == kNoCustomer ? CustomerUse::kRequired : CustomerUse::kNone;
    if (info->customer == wrong || info->customer == CustomerUse::kIntroduced) return false;
  }
  return true;
}

bool ArePossible(const ColumnView<char>& /*column*/, Values /*values*/, const Targets& /*targets*/, size_t /*first*/,
                 size_t /*last*/) {
  return true;
}

bool ArePossible(const ColumnView<Minor>& column, Values values, const Targets& /*targets*/, size_t first,
                 size_t last) {
  return values != Values::kPositive || AreWithin(column, first, last, 1, INT64_MAX);
}

bool ArePossible(const ColumnView<uint64_t>& column, Values values, const Targets& targets, size_t first, size_t last) {
  return values == Values::kAny ||
         (Ascend(column, first, last) && (values != Values::kSeq || column[last - 1] <= targets.last_seq));
}

bool ArePossible(const ColumnView<uint32_t>& column, Values values, const Targets& targets, size_t first, size_t last) {
  const size_t rows = targets.Of(values);
  if (values == Values::kAny) return true;
  if (values == Values::kItemOrNone || values == Values::kCustomerOrNone) {
    static_assert(kNoItem == kNoCustomer);
    for (size_t row = first; row < last; row++) {
      if (column[row] >= rows && column[row] != kNoItem) return false;
    }
    return true;
  }
  return rows > 0 && AreWithin(column, first, last, 0, static_cast<uint32_t>(rows - 1));
}

// Returns whether the columns of each table have the same number of rows, and texts end within their heaps.
bool AreEven(const GrowingHistory& history) {
  bool even = true;
  ForEachTable(
      [&](std::string_view, const auto& table) {
        std::optional<size_t> rows;
        table.Columns(
            [&]<class Column>(const HistoryColumn&, const Column& values) {
              even = even && rows.value_or(values.size()) == values.size();
              rows = values.size();
              if constexpr (std::is_same_v<Column, GrowingTextColumn>) {
                even = even && (values.ends.empty() || values.ends.back() <= values.heap.size());
              }
            },
            table);
      },
      history);
  return even;
}

// Checks what was put into the columns of these parts.
Status CheckColumns(const StoredColumns& stored, std::span<const HistoryPart> parts, GrowingHistory& history) {
  if (!AreEven(history)) return DamagedDerived("the columns of the history do not belong together");
  const Targets targets{.customers = history.customers.seq.size(),
                        .items = history.items.seq.size(),
                        .disputes = history.disputes.seq.size(),
                        .promises = history.promises.seq.size(),
                        .shipments = history.shipments.seq.size(),
                        .people = history.people.name.size(),
                        .attributes = history.attribute_names.name.size(),
                        .facts = history.facts.seq.size(),
                        .last_seq = stored.position(),
                        .customers_of_facts = history.facts.customer.View()};
  std::vector<size_t> places;
  std::vector<std::function<bool(size_t, size_t)>> checks;
  ForEachStoredColumn(history, [&](const std::string&, const HistoryColumn& column, const auto& values) {
    const bool is_wanted = std::find(parts.begin(), parts.end(), column.part) != parts.end();
    if (is_wanted) places.push_back(checks.size());
    checks.emplace_back([view = values.View(), of = column.values, &targets](size_t first, size_t last) {
      return first == last || ArePossible(view, of, targets, first, last);
    });
  });
  return stored.Check(history.Columns(), places,
                      [&](size_t place, size_t first, size_t last) { return checks[place](first, last); });
}

// Opens and loads them once.
Result<StoredHistory> Load(const EventLog& log, std::span<const HistoryPart> parts) {
  auto columns = StoredColumns::Open(log, kStoredHistory);
  RETURN_IF_ERROR(columns);
  StoredHistory stored{std::make_shared<GrowingHistory>(), std::move(*columns)};
  if (stored.columns == nullptr) return stored;
  RETURN_IF_ERROR(stored.columns->Load(stored.history->Columns()));
  RETURN_IF_ERROR(CheckColumns(*stored.columns, parts, *stored.history));
  stored.history->GoOnBehind(stored.columns->position());
  return stored;
}

}  // namespace

// The writer may put other files in the place of those that the head named when it was read.
Result<StoredHistory> LoadStoredHistory(const EventLog& log, std::span<const HistoryPart> parts) {
  constexpr int kMostLooks = 5;
  const std::filesystem::path folder = StoredColumns::FolderOf(log, kStoredHistory);
  for (int looks = 1;; looks++) {
    const std::string heads = ColumnHeadBytes(folder);
    auto stored = Load(log, parts);
    if (stored.ok() || looks == kMostLooks || ColumnHeadBytes(folder) == heads) return stored;
  }
}

}  // namespace duebook
