// Balances: what was invoiced, taken off and paid, by customer, and what is left. Every customer is shown of whom the
// cut sees a movement, also when nothing is left.
//
//   open    = invoiced + debited - credited - applied - written_off
//   balance = open - unapplied
//
// `credited` is every credit on invoices: notes issued on them or applied to them, and what voiding took off; `applied`
// is cash and discount taken, less what was reversed; `unapplied` are payments and unallocated credit notes, less what
// was applied, refunded or bounced. The totals are the control totals, one a currency.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "projections/shared/grouping.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kBalanceReport;

namespace {

enum Figure : size_t { kInvoiced, kDebited, kCredited, kApplied, kWrittenOff, kOpen, kUnapplied, kBalance, kFigures };

// Where a movement is counted, beside kOpen, if its item is an invoice, and with which sign.
std::pair<Figure, int> FigureOf(const History& history, size_t row) {
  const uint32_t counterpart = history.movements.counterpart[row];
  const bool of_credit_note = counterpart != kNoItem && history.items.kind[counterpart] == ItemKind::kCreditNote;
  if (of_credit_note) return {kCredited, -1};
  switch (history.movements.kind[row]) {
    case MovementKind::kIssued:
      return {kInvoiced, 1};
    case MovementKind::kDebited:
      return {kDebited, 1};
    case MovementKind::kCredited:
      return {kCredited, -1};
    case MovementKind::kWrittenOff:
      return {kWrittenOff, -1};
    default:
      return {kApplied, -1};
  }
}

std::vector<GroupSums> SumUp(const History& history, const Cut& cut, Grouping& grouping) {
  const History::Movements& movements = history.movements;
  std::vector<uint32_t> group_of(history.items.seq.size(), UINT32_MAX);
  std::vector<GroupSums> sums;
  const size_t rows = RowsKnown(movements.seq, cut.known);
  for (size_t i = 0; i < rows; ++i) {
    if (movements.date[i] > cut.effective) continue;
    const uint32_t item = movements.item[i];
    if (group_of[item] == UINT32_MAX) group_of[item] = grouping.GroupOf(item);
    if (group_of[item] == sums.size()) sums.emplace_back(kFigures);
    GroupSums& sum = sums[group_of[item]];
    if (history.items.kind[item] == ItemKind::kInvoice) {
      const auto [figure, sign] = FigureOf(history, i);
      sum[figure] += sign * movements.amount[i];
      sum[kOpen] += movements.amount[i];
      sum[kBalance] += movements.amount[i];
    } else {
      sum[kUnapplied] += movements.amount[i];
      sum[kBalance] -= movements.amount[i];
    }
  }
  return sums;
}

Result<Report> RunBalance(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto history = request.LoadHistory({HistoryPart::kCounterparts});
  RETURN_IF_ERROR(history);
  auto grouping = Grouping::Make(request, *history, cut);
  RETURN_IF_ERROR(grouping);
  std::vector<Column> figures = EmptyReport(kBalanceReport, cut).columns;
  std::erase_if(figures, [](const Column& column) { return !IsMoney(column.type); });
  return grouping->MakeReport("balance", figures, SumUp(*history, cut, *grouping));
}

}  // namespace

const ReportInfo kBalanceReport{
    "balance",
    "what each customer owes: invoiced, taken off, paid, left, unapplied",
    "duebook balance --effective 2025-12-31",
    ReportRows::kSums,
    RunBalance,
    {
        kCustomerColumn,
        kAttributeColumn,
        kCurrencyColumn,
        {"invoiced", "amounts of invoices", ColumnType::kMoney},
        {"debited", "debit notes on invoices", ColumnType::kMoney},
        {"credited", "taken off invoices by credit notes and by voiding", ColumnType::kMoney},
        {"applied", "paid on invoices, discounts with it", ColumnType::kMoney},
        {"written_off", "written off and not reversed", ColumnType::kMoney},
        {"open", "what is left of invoices", ColumnType::kBalance},
        {"unapplied", "payments and credit notes that are not used up", ColumnType::kBalance},
        {"balance", "open less unapplied: what is owed in all", ColumnType::kBalance},
        kNameColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy, kNonZero})};

}  // namespace duebook
