#include "projections/item_list.h"

#include <algorithm>
#include <string>
#include <utility>

#include "projections/grouping.h"

namespace duebook {
namespace {

// Where the rows hold money; it is the same in each.
std::vector<size_t> MoneyColumns(const std::vector<ListedItem>& items) {
  std::vector<size_t> columns;
  if (items.empty()) return columns;
  const Row& row = items.front().row;
  for (size_t i = 0; i < row.size(); ++i) {
    if (std::holds_alternative<Money>(row[i])) columns.push_back(i);
  }
  return columns;
}

struct Sums {
  std::vector<GroupSums> money;  // by group
  std::vector<int64_t> rows;
};

Sums SumUp(const std::vector<ListedItem>& items, const std::vector<size_t>& columns, Grouping& grouping) {
  Sums sums;
  for (const ListedItem& listed : items) {
    const uint32_t group = grouping.GroupOf(listed.item);
    if (group == sums.rows.size()) {
      sums.money.emplace_back(columns.size());
      sums.rows.push_back(0);
    }
    ++sums.rows[group];
    for (size_t i = 0; i < columns.size(); ++i) {
      sums.money[group][i] += std::get<Money>(listed.row[columns[i]]).amount;
    }
  }
  return sums;
}

// A row of the list's own columns that has only the currency and sums.
Result<Row> TotalRow(const Report& report, const std::vector<size_t>& columns, Currency currency,
                     const GroupSums& sums) {
  Row money;
  RETURN_IF_ERROR(AppendMoney(sums, currency, &money));
  Row row(report.columns.size());
  for (size_t i = 0; i < columns.size(); ++i) row[columns[i]] = std::move(money[i]);
  for (size_t i = 0; i < row.size(); ++i) {
    if (report.columns[i].name == "currency") row[i] = currency.ToString();
  }
  return row;
}

Result<Report> List(Report report, const History& history, std::vector<ListedItem> items) {
  ReportRequest by_currency;
  by_currency.by = "currency";
  auto grouping = Grouping::Make(by_currency, history, report.cut);
  RETURN_IF_ERROR(grouping);
  const std::vector<size_t> columns = MoneyColumns(items);
  const Sums sums = SumUp(items, columns, *grouping);
  for (const uint32_t group : grouping->Sorted()) {
    auto row = TotalRow(report, columns, grouping->currency(group), sums.money[group]);
    RETURN_IF_ERROR(row);
    report.totals.push_back(std::move(*row));
  }
  report.rows.reserve(items.size());
  for (ListedItem& listed : items) report.rows.push_back(std::move(listed.row));
  return report;
}

Result<Report> ListGroups(Report report, const ReportRequest& request, const History& history,
                          const std::vector<ListedItem>& items) {
  auto grouping = Grouping::Make(request, history, report.cut);
  RETURN_IF_ERROR(grouping);
  const std::vector<size_t> columns = MoneyColumns(items);
  const Sums sums = SumUp(items, columns, *grouping);
  std::vector<Column> shown = grouping->Columns();
  shown.push_back({"items", Column::Align::kRight});
  for (const size_t column : columns) shown.push_back(report.columns[column]);
  report.columns = std::move(shown);
  for (const uint32_t group : grouping->Sorted()) {
    Row row = grouping->Cells(group);
    row.emplace_back(sums.rows[group]);
    RETURN_IF_ERROR(AppendMoney(sums.money[group], grouping->currency(group), &row));
    report.rows.push_back(std::move(row));
  }
  RETURN_IF_ERROR(AddTotals(*grouping, sums.money, &report));
  for (Row& row : report.totals) row.insert(row.begin() + static_cast<ptrdiff_t>(grouping->Columns().size()), Cell());
  return report;
}

}  // namespace

void SortByCustomer(const History& history, std::vector<ListedItem>& items) {
  const auto customer = [&](const ListedItem& listed) {
    return history.customers.id[history.items.customer[listed.item]];
  };
  std::stable_sort(items.begin(), items.end(),
                   [&](const ListedItem& a, const ListedItem& b) { return customer(a) < customer(b); });
}

Result<Report> FinishItemList(Report report, const ReportRequest& request, const History& history,
                              std::vector<ListedItem> items) {
  if (request.by.empty()) return List(std::move(report), history, std::move(items));
  return ListGroups(std::move(report), request, history, items);
}

}  // namespace duebook
