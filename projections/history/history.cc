#include "projections/history/history.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <span>
#include <string_view>
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

// Warns if much is not in the columns that should be.
void WarnIfBehind(const EventLog& log, uint64_t position) {
  // A backup has none: they are made when it is restored.
  const bool due = log.last_seq() - position >= FoldSizes().least && !log.identity().is_copy;
  if (!due || log.IsBeingWritten()) return;
  WarnOfDerived(log, fmt::format("it ends at event {} of {}", position, log.last_seq()));
}

// Empties the columns that were not asked for, since they were not checked either.
void ClearOtherParts(std::span<const HistoryPart> parts, History* history) {
  ForEachTable(
      [&](std::string_view, auto& table) {
        table.Columns(
            [&](const HistoryColumn& column, auto& values) {
              if (std::find(parts.begin(), parts.end(), column.part) == parts.end()) values = {};
            },
            table);
      },
      *history);
}

// What may hold for all customers, and be said of none.
constexpr std::initializer_list<EventType> kPolicies = {EventType::CalendarSet, EventType::CreditPolicySet,
                                                        EventType::InterestSet, EventType::ReminderPolicySet,
                                                        EventType::TolerancePolicySet};

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

// How many rows of a table are known. `history` has the tables before it.
template <class Table>
requires requires(const Table& table) { table.seq; }
size_t RowsOf(const Table& table, const History& /*history*/, uint64_t known) {
  return RowsKnown(table.seq.View(), known);
}
size_t RowsOf(const GrowingHistory::People& people, const History& /*history*/, uint64_t /*known*/) {
  return people.name.size();
}
size_t RowsOf(const GrowingHistory::AttributeNames& names, const History& /*history*/, uint64_t /*known*/) {
  return names.name.size();
}
size_t RowsOf(const GrowingHistory::Instalments& instalments, const History& history, uint64_t /*known*/) {
  return RowsBelow(instalments.item.View(), static_cast<uint32_t>(history.items.seq.size()));
}
size_t RowsOf(const GrowingHistory::PromisedInvoices& invoices, const History& history, uint64_t /*known*/) {
  return RowsBelow(invoices.promise.View(), static_cast<uint32_t>(history.promises.seq.size()));
}
size_t RowsOf(const GrowingHistory::FactParts& parts, const History& history, uint64_t /*known*/) {
  return RowsBelow(parts.fact.View(), static_cast<uint32_t>(history.facts.seq.size()));
}

}  // namespace

History::History(std::shared_ptr<const GrowingHistory> columns, uint64_t seq) : columns_(std::move(columns)) {
  const uint64_t known = std::min(seq, columns_->position());
  ForEachTable(
      [&](std::string_view, auto& table, const auto& growing) {
        const size_t rows = RowsOf(growing, *this, known);
        table.Columns([rows](const HistoryColumn&, auto& view, const auto& column) { view = column.First(rows); },
                      table, growing);
      },
      *this, *columns_);
}

uint32_t History::CustomerAt(uint64_t seq) const { return RowOf(customers.seq, seq); }

uint32_t History::ItemAt(uint64_t seq) const { return RowOf(items.seq, seq); }

Result<uint32_t> History::NamedItem(uint64_t seq) const { return Named(items.seq, seq, "invoice"); }

Result<uint32_t> History::NamedCustomer(uint64_t seq) const { return Named(customers.seq, seq, "customer"); }

Result<History> History::Load(const EventLog& log, std::span<const HistoryPart> parts) {
  auto columns = std::make_shared<GrowingHistory>();
  auto stored = LoadStoredHistory(log, parts);
  Status loaded = stored.ok() ? Status() : Status(stored.error());
  if (stored.ok()) {
    WarnIfBehind(log, stored->history->position());
    columns = std::move(stored->history);
    loaded = columns->CatchUp(log);
  }
  if (!loaded.ok() && (!stored.ok() || loaded.error().code == ErrorCode::kDamaged)) {
    WarnOfDerived(log, loaded.error().sentence);
    columns = std::make_shared<GrowingHistory>();
    loaded = columns->CatchUp(log);
  }
  RETURN_IF_ERROR(loaded);
  History history(std::move(columns), log.last_seq());
  ClearOtherParts(parts, &history);
  return history;
}

Result<History> History::OfCustomers(const EventLog& log, const std::vector<std::string>& customers) {
  auto seqs = SeqsOfCustomers(log, customers);
  RETURN_IF_ERROR(seqs);
  auto columns = std::make_shared<GrowingHistory>();
  const auto policies = SeqsOfTypes(log, kPolicies);
  RETURN_IF_ERROR(policies);
  const std::set<std::string_view> wanted(customers.begin(), customers.end());
  RETURN_IF_ERROR(log.GetMany(MergeSeqs(*std::move(seqs), *policies), [&](EventView event) {
    if (event.customer().empty() || wanted.contains(event.customer())) columns->Evolve(event);
  }));
  RETURN_IF_ERROR(columns->status());
  return History(std::move(columns), log.last_seq());
}

}  // namespace duebook
