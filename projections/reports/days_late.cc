#include "projections/reports/days_late.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "ledger/values/rounding.h"
#include "projections/history/new_schedules.h"
#include "projections/history/open_parts.h"

namespace duebook {

namespace {

// The seqs of the applications that the cut sees reversed, and of what reverses them.
std::unordered_set<uint64_t> UndoneApplications(const History& history, const Cut& cut) {
  const History::Movements& movements = history.movements;
  std::unordered_set<uint64_t> visible;
  for (size_t row = 0; row < RowsKnown(movements.seq, cut.known); ++row) {
    if (movements.date[row] <= cut.effective) visible.insert(movements.seq[row]);
  }
  std::unordered_set<uint64_t> undone;
  const History::ApplicationReversals& reversals = history.application_reversals;
  for (size_t row = 0; row < RowsKnown(reversals.seq, cut.known); ++row) {
    if (visible.contains(reversals.seq[row])) undone.insert({reversals.seq[row], reversals.application[row]});
  }
  return undone;
}

// Rows of movements on invoices in the currency that count at the cut, by invoice, and then as they follow each other.
std::vector<size_t> MovementsInOrder(const History& history, const Cut& cut, Currency currency) {
  const History::Movements& movements = history.movements;
  const std::unordered_set<uint64_t> undone = UndoneApplications(history, cut);
  std::vector<size_t> rows;
  for (size_t row = 0; row < RowsKnown(movements.seq, cut.known); ++row) {
    const uint32_t item = movements.item[row];
    const bool counts = movements.date[row] <= cut.effective && history.items.kind[item] == ItemKind::kInvoice &&
                        history.items.currency[item] == currency && !undone.contains(movements.seq[row]);
    if (counts) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [&](size_t a, size_t b) {
    return std::tuple(movements.item[a], movements.date[a], a) < std::tuple(movements.item[b], movements.date[b], b);
  });
  return rows;
}

// What was applied, and how late.
struct Lateness {
  Sum applied = 0, applied_days = 0;

  // Adds what an application of this day pays of the parts that are open of an invoice, in their order.
  void Add(const std::vector<OpenPart>& parts, Date date, Sum amount) {
    for (const OpenPart& part : parts) {
      const Sum paid = std::min(amount, part.open);
      amount -= paid;
      applied += paid;
      applied_days += paid * std::max(0, date - part.due);
    }
  }
};

}  // namespace

std::optional<int64_t> DaysLate(const History& history, const Cut& cut, Date after, Currency currency) {
  const History::Movements& movements = history.movements;
  const NewSchedules new_schedules(history, cut.known);
  Lateness lateness;
  Sum open = 0;
  Sum debited = 0;
  uint32_t item = kNoItem;
  for (const size_t row : MovementsInOrder(history, cut, currency)) {
    if (movements.item[row] != item) open = debited = 0;
    item = movements.item[row];
    const Sum amount = movements.amount[row];
    const uint32_t other = movements.counterpart[row];
    const bool is_cash = movements.kind[row] == MovementKind::kApplied && amount < 0 && other != kNoItem &&
                         history.items.kind[other] == ItemKind::kPayment;
    if (is_cash && movements.date[row] > after) {
      const Date date = movements.date[row];
      lateness.Add(OpenPartsOn(history, new_schedules, item, date, open, debited), date, -amount);
    }
    open += amount;
    if (movements.kind[row] == MovementKind::kDebited) debited += amount;
  }
  if (lateness.applied == 0) return std::nullopt;
  return static_cast<int64_t>(DivideHalfEven(lateness.applied_days, lateness.applied));
}

}  // namespace duebook
