#include "projections/history/history_check.h"

#include <algorithm>
#include <initializer_list>
#include <tuple>

namespace duebook {

namespace {

bool AreDates(const Values<Date>& dates, size_t first, size_t last) {
  return std::all_of(dates.begin() + static_cast<ptrdiff_t>(first), dates.begin() + static_cast<ptrdiff_t>(last),
                     [](Date date) { return date >= Date::Min() && date <= Date::Max(); });
}

// Whether the seqs are those of one run of events, in order; `each_once`: no two rows are of one event.
bool AreInRun(const Values<uint64_t>& seq, size_t first, size_t last, uint64_t first_seq, uint64_t last_seq,
              bool each_once) {
  uint64_t least = first_seq;
  for (size_t row = first; row < last; ++row) {
    if (seq[row] < least || seq[row] > last_seq) return false;
    least = seq[row] + (each_once ? 1 : 0);
  }
  return true;
}

// Counts the rows of a table up to a seq, while that ascends.
class RowsUpTo {
 public:
  RowsUpTo(const Values<uint64_t>& seqs, uint64_t first_seq) : seqs_(seqs), rows_(RowsKnown(seqs, first_seq)) {}
  size_t operator()(uint64_t seq) {
    while (rows_ < seqs_.size() && seqs_[rows_] <= seq) ++rows_;
    return rows_;
  }

 private:
  const Values<uint64_t>& seqs_;
  size_t rows_;
};

// Whether each row points to one of `targets` that is of no later event.
bool PointBack(const Values<uint32_t>& index, const Values<uint64_t>& seq, size_t first, size_t last,
               const Values<uint64_t>& targets) {
  if (first == last) return true;
  RowsUpTo known(targets, seq[first]);
  for (size_t row = first; row < last; ++row) {
    if (index[row] >= known(seq[row])) return false;
  }
  return true;
}

bool PointInto(const Values<uint32_t>& index, size_t first, size_t last, size_t size) {
  return std::all_of(index.begin() + static_cast<ptrdiff_t>(first), index.begin() + static_cast<ptrdiff_t>(last),
                     [size](uint32_t row) { return row < size; });
}

bool AreItems(const History::Items& items, size_t first, size_t last) {
  for (size_t row = first; row < last; ++row) {
    if (items.amount[row] <= 0 || items.kind[row] < ItemKind::kInvoice || items.kind[row] > ItemKind::kCreditNote) {
      return false;
    }
    const Currency currency = items.currency[row];
    const bool as_before = row > first && currency == items.currency[row - 1];  // as nearly always
    if (!as_before && !Currency::FromPacked(currency.packed()).has_value()) return false;
  }
  return true;
}

// What issued an item is its own amount; what was applied tells from or to where.
bool AreMovements(const History& history, size_t first, size_t last) {
  const auto& movements = history.movements;
  const auto& items = history.items;
  if (first == last) return true;
  RowsUpTo known(items.seq, movements.seq[first]);
  for (size_t row = first; row < last; ++row) {
    const MovementKind kind = movements.kind[row];
    const uint32_t item = movements.item[row];
    if (kind < MovementKind::kIssued || kind > MovementKind::kReversed) return false;
    const bool issued = kind == MovementKind::kIssued;
    if (issued && (items.seq[item] != movements.seq[row] || items.amount[item] != movements.amount[row])) return false;
    const uint32_t counterpart = movements.counterpart[row];
    const bool applied = kind == MovementKind::kApplied;
    if (applied ? counterpart >= known(movements.seq[row]) : counterpart != kNoItem) return false;
  }
  return true;
}

// Those of an item stand together, in order of items, and make up its amount.
bool AreInstalments(const History& history, const HistoryRows& rows) {
  const auto& instalments = history.instalments;
  uint32_t least = 0;
  for (size_t row = rows.first.instalments; row < rows.last.instalments;) {
    const uint32_t item = instalments.item[row];
    if (item < std::max<size_t>(least, rows.first.items) || item >= rows.last.items) return false;
    Minor left = history.items.amount[item];
    for (; row < rows.last.instalments && instalments.item[row] == item; ++row) {
      if (instalments.amount[row] <= 0 || instalments.amount[row] > left) return false;
      left -= instalments.amount[row];
    }
    if (left != 0) return false;
    least = item + 1;
  }
  return true;
}

bool LieInHeap(const TextColumn& texts) {
  // They ascend: they were added up.
  return texts.offsets.front() == 0 && texts.offsets.back() == texts.heap.size();
}

}  // namespace

HistoryRows::Ends EndsOf(const History& history) {
  return {history.customers.seq.size(),    history.items.seq.size(),     history.assignments.seq.size(),
          history.instalments.item.size(), history.movements.seq.size(), history.disputes.seq.size(),
          history.resolutions.seq.size()};
}

bool AreEven(const History& history) {
  const auto& [customers, items, assignments] = std::tie(history.customers, history.items, history.assignments);
  const auto& [instalments, movements] = std::tie(history.instalments, history.movements);
  const auto& [disputes, resolutions] = std::tie(history.disputes, history.resolutions);
  const auto have = [](size_t rows, std::initializer_list<size_t> sizes) {
    return std::all_of(sizes.begin(), sizes.end(), [rows](size_t size) { return size == rows; });
  };
  return have(customers.seq.size(), {customers.date.size(), customers.id.size(), customers.name.size()}) &&
         have(items.seq.size(),
              {items.date.size(), items.due.size(), items.amount.size(), items.customer.size(), items.currency.size(),
               items.kind.size(), items.salesperson.size(), items.number.size()}) &&
         have(assignments.seq.size(),
              {assignments.date.size(), assignments.customer.size(), assignments.salesperson.size()}) &&
         have(instalments.item.size(), {instalments.due.size(), instalments.amount.size()}) &&
         have(movements.seq.size(), {movements.date.size(), movements.amount.size(), movements.item.size(),
                                     movements.counterpart.size(), movements.kind.size()}) &&
         have(disputes.seq.size(), {disputes.date.size(), disputes.amount.size(), disputes.item.size()}) &&
         have(resolutions.seq.size(), {resolutions.date.size(), resolutions.dispute.size()}) &&
         LieInHeap(customers.id) && LieInHeap(customers.name) && LieInHeap(items.number) &&
         LieInHeap(history.salespeople) && items.seq.size() < kNoItem;
}

bool CanFollow(const History& history, const HistoryRows& rows, uint64_t first_seq, uint64_t last_seq) {
  const auto& [first, last] = rows;
  const auto in_run = [&](const Values<uint64_t>& seq, size_t from, size_t to, bool each_once) {
    return AreInRun(seq, from, to, first_seq, last_seq, each_once);
  };
  const size_t people = history.salespeople.size();
  const auto& customers = history.customers;
  const auto& items = history.items;
  const auto& assignments = history.assignments;
  const auto& movements = history.movements;
  const auto& disputes = history.disputes;
  const auto& resolutions = history.resolutions;
  return in_run(customers.seq, first.customers, last.customers, true) &&
         AreDates(customers.date, first.customers, last.customers) &&
         in_run(items.seq, first.items, last.items, true) && AreDates(items.date, first.items, last.items) &&
         AreDates(items.due, first.items, last.items) && AreItems(items, first.items, last.items) &&
         PointBack(items.customer, items.seq, first.items, last.items, customers.seq) &&
         PointInto(items.salesperson, first.items, last.items, people) &&
         in_run(assignments.seq, first.assignments, last.assignments, true) &&
         AreDates(assignments.date, first.assignments, last.assignments) &&
         PointBack(assignments.customer, assignments.seq, first.assignments, last.assignments, customers.seq) &&
         PointInto(assignments.salesperson, first.assignments, last.assignments, people) &&
         AreInstalments(history, rows) && AreDates(history.instalments.due, first.instalments, last.instalments) &&
         in_run(movements.seq, first.movements, last.movements, false) &&
         AreDates(movements.date, first.movements, last.movements) &&
         PointBack(movements.item, movements.seq, first.movements, last.movements, items.seq) &&
         AreMovements(history, first.movements, last.movements) &&
         in_run(disputes.seq, first.disputes, last.disputes, true) &&
         AreDates(disputes.date, first.disputes, last.disputes) &&
         PointBack(disputes.item, disputes.seq, first.disputes, last.disputes, items.seq) &&
         in_run(resolutions.seq, first.resolutions, last.resolutions, true) &&
         AreDates(resolutions.date, first.resolutions, last.resolutions) &&
         PointBack(resolutions.dispute, resolutions.seq, first.resolutions, last.resolutions, disputes.seq);
}

}  // namespace duebook
