#include "projections/history/history.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
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

// What was not asked for was not checked either.
void ClearOtherParts(std::span<const HistoryPart> parts, History* history) {
  ForEachColumn(*history, [&](const HistoryColumn& column, auto& values) {
    if (std::find(parts.begin(), parts.end(), column.part) == parts.end()) values = {};
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

History::History(std::shared_ptr<const GrowingHistory> columns, uint64_t seq) : columns_(std::move(columns)) {
  const GrowingHistory& all = *columns_;
  const uint64_t known = std::min(seq, all.position());
  const auto rows_of = [known](const auto& table) { return RowsKnown(table.seq.View(), known); };
  size_t rows = rows_of(all.customers);
  customers = {all.customers.seq.First(rows), all.customers.date.First(rows), all.customers.id.First(rows),
               all.customers.name.First(rows)};
  rows = rows_of(all.items);
  items = {all.items.seq.First(rows),    all.items.date.First(rows),        all.items.due.First(rows),
           all.items.amount.First(rows), all.items.customer.First(rows),    all.items.currency.First(rows),
           all.items.kind.First(rows),   all.items.salesperson.First(rows), all.items.number.First(rows)};
  rows = RowsBelow(all.instalments.item.View(), static_cast<uint32_t>(rows));
  instalments = {all.instalments.item.First(rows), all.instalments.due.First(rows), all.instalments.amount.First(rows)};
  salespeople = all.salespeople.View();
  rows = rows_of(all.assignments);
  assignments = {all.assignments.seq.First(rows), all.assignments.date.First(rows),
                 all.assignments.customer.First(rows), all.assignments.salesperson.First(rows)};
  rows = rows_of(all.movements);
  movements = {all.movements.seq.First(rows),  all.movements.date.First(rows),        all.movements.amount.First(rows),
               all.movements.item.First(rows), all.movements.counterpart.First(rows), all.movements.kind.First(rows)};
  rows = rows_of(all.disputes);
  disputes = {all.disputes.seq.First(rows), all.disputes.date.First(rows), all.disputes.amount.First(rows),
              all.disputes.item.First(rows)};
  rows = rows_of(all.resolutions);
  resolutions = {all.resolutions.seq.First(rows), all.resolutions.date.First(rows),
                 all.resolutions.dispute.First(rows)};
}

uint32_t History::CustomerAt(uint64_t seq) const { return RowOf(customers.seq, seq); }

uint32_t History::ItemAt(uint64_t seq) const { return RowOf(items.seq, seq); }

Result<uint32_t> History::NamedItem(uint64_t seq) const { return Named(items.seq, seq, "invoice"); }

Result<uint32_t> History::NamedCustomer(uint64_t seq) const { return Named(customers.seq, seq, "customer"); }

Result<std::shared_ptr<const History>> History::Load(const EventLog& log, std::initializer_list<HistoryPart> further) {
  std::vector<HistoryPart> parts(further);
  parts.push_back(HistoryPart::kFigures);
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
