#include "projections/register.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "ledger/check.h"

namespace duebook {
namespace {

// A sum in one currency; nothing once it is beyond 64 bits.
struct Sum {
  Currency currency;
  std::optional<Minor> amount = 0;

  void Add(const Money& money) {
    currency = money.currency;
    if (amount.has_value()) amount = CheckedAdd(*amount, money.amount);
  }
  Cell ToCell() const { return amount.has_value() ? Cell(Money{*amount, currency}) : Cell(); }
};

// Rows under one heading: how many, and the sums of their money, column by column.
struct Group {
  int64_t documents = 0;
  std::map<size_t, Sum> sums;

  void Add(const Row& row) {
    ++documents;
    for (size_t i = 0; i < row.size(); ++i) {
      if (const Money* money = std::get_if<Money>(&row[i])) sums[i].Add(*money);
    }
  }
};

std::optional<size_t> ColumnIndex(const Report& report, std::string_view name) {
  for (size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].name == name) return i;
  }
  return std::nullopt;
}

const std::string& TextAt(const Row& row, size_t column) {
  CHECK(column < row.size());
  if (const Term* term = std::get_if<Term>(&row[column])) return term->name;
  return std::get<std::string>(row[column]);
}

size_t RequiredColumn(const Report& report, std::string_view name) {
  const std::optional<size_t> column = ColumnIndex(report, name);
  CHECK(column.has_value());
  return *column;
}

void AddTotals(Report& report) {
  const size_t currency = RequiredColumn(report, "currency");
  std::map<std::string, Group> groups;
  for (const Row& row : report.rows) groups[TextAt(row, currency)].Add(row);
  for (const auto& [code, group] : groups) {
    Row total(report.columns.size());
    total[currency] = code;
    for (const auto& [column, sum] : group.sums) total[column] = sum.ToCell();
    report.totals.push_back(std::move(total));
  }
}

void AddFigures(Report& report) {
  const size_t currency = RequiredColumn(report, "currency");
  const size_t state = RequiredColumn(report, "state");
  const size_t amount = RequiredColumn(report, "amount");
  std::map<std::string, Sum> sums;
  for (const Row& row : report.rows) {
    sums[TextAt(row, currency) + " " + TextAt(row, state)].Add(std::get<Money>(row[amount]));
  }
  for (const auto& [name, sum] : sums) report.figures.emplace_back(name, sum.ToCell());
}

// The columns of money that any of the groups has, ascending.
std::vector<size_t> MoneyColumns(const Report& report) {
  std::vector<size_t> columns;
  for (const Row& row : report.totals) {
    for (size_t i = 0; i < row.size(); ++i) {
      const bool listed = std::find(columns.begin(), columns.end(), i) != columns.end();
      if (std::holds_alternative<Money>(row[i]) && !listed) columns.push_back(i);
    }
  }
  std::sort(columns.begin(), columns.end());
  return columns;
}

Report SummedBy(const Report& detail, const std::string& by) {
  const size_t key = RequiredColumn(detail, by);
  const size_t currency = RequiredColumn(detail, "currency");
  const size_t state = RequiredColumn(detail, "state");
  std::map<std::tuple<std::string, std::string, std::string>, Group> groups;
  for (const Row& row : detail.rows) {
    groups[{TextAt(row, key), TextAt(row, currency), TextAt(row, state)}].Add(row);
  }
  Report summed{detail.name, detail.cut, {}, {}, {}, detail.figures};
  if (by != "currency") summed.columns.push_back({by});
  summed.columns.push_back({"currency"});
  summed.columns.push_back({"state"});
  summed.columns.push_back({"documents", Column::Align::kRight});
  const std::vector<size_t> money = MoneyColumns(detail);
  for (const size_t column : money) summed.columns.push_back(detail.columns[column]);
  for (const auto& [heading, group] : groups) {
    Row row;
    if (by != "currency") row.emplace_back(std::get<0>(heading));
    row.emplace_back(std::get<1>(heading));
    row.emplace_back(Term{std::get<2>(heading)});
    row.emplace_back(group.documents);
    for (const size_t column : money) {
      const auto sum = group.sums.find(column);
      row.push_back(sum == group.sums.end() ? Cell() : sum->second.ToCell());
    }
    summed.rows.push_back(std::move(row));
  }
  // Each total is that of the details, under the columns of the summed table.
  for (const Row& total : detail.totals) {
    Row row(summed.columns.size());
    row[by == "currency" ? 0 : 1] = total[currency];
    for (size_t i = 0; i < money.size(); ++i) row[summed.columns.size() - money.size() + i] = total[money[i]];
    summed.totals.push_back(std::move(row));
  }
  return summed;
}

}  // namespace

Result<Report> FinishRegister(Report report, const ReportRequest& request) {
  AddTotals(report);
  AddFigures(report);
  if (request.by.empty()) return report;
  const bool grouping = request.by == "customer" || request.by == "salesperson" || request.by == "currency";
  if (!grouping) {
    return Error{ErrorCode::kInvalidArgument, "the report " + report.name + " cannot be grouped by " + request.by,
                 "group by customer, salesperson or currency"};
  }
  return SummedBy(report, request.by);
}

}  // namespace duebook
