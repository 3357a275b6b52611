#include "projections/shared/totals.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "ledger/values/check.h"

namespace duebook {
namespace {

// Rows under one heading: how many, and the sums of their money, column by column.
class RowSums {
 public:
  void Add(const Row& row) {
    ++rows_;
    sums_.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) {
      const Money* money = std::get_if<Money>(&row[i]);
      if (money == nullptr) continue;
      if (Money* sum = std::get_if<Money>(&sums_[i])) {
        CHECK(sum->currency == money->currency);
        sum->amount += money->amount;
      } else {
        sums_[i] = *money;
      }
    }
  }
  int64_t rows() const { return rows_; }
  // By column; nothing where no row has money.
  const std::vector<Cell>& sums() const { return sums_; }

 private:
  int64_t rows_ = 0;
  std::vector<Cell> sums_;
};

std::string TextOf(const Cell& cell) {
  if (const Term* term = std::get_if<Term>(&cell)) return term->name;
  return std::get<std::string>(cell);
}

// The columns in which some row has money, ascending.
std::vector<size_t> MoneyColumns(const Report& report) {
  std::vector<size_t> columns;
  for (size_t i = 0; i < report.columns.size(); ++i) {
    const bool has_money = std::any_of(report.rows.begin(), report.rows.end(),
                                       [i](const Row& row) { return std::holds_alternative<Money>(row[i]); });
    if (has_money) columns.push_back(i);
  }
  return columns;
}

}  // namespace

size_t ColumnIndex(const Report& report, const std::string& name) {
  const auto found = std::find_if(report.columns.begin(), report.columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  CHECK(found != report.columns.end());
  return static_cast<size_t>(found - report.columns.begin());
}

void AppendMoney(const std::vector<Sum>& sums, Currency currency, Row* row) {
  for (const Sum sum : sums) row->emplace_back(Money{sum, currency});
}

void AddTotals(Report* report) {
  const size_t currency = ColumnIndex(*report, "currency");
  std::map<std::string, RowSums> by_currency;
  for (const Row& row : report->rows) by_currency[std::get<std::string>(row[currency])].Add(row);
  for (const auto& [code, rows] : by_currency) {
    Row& total = report->totals.emplace_back(rows.sums());
    total[currency] = code;
  }
}

void SumRows(const std::vector<Column>& columns, const std::vector<Row>& headings, const std::string& count,
             Report* report) {
  CHECK(headings.size() == report->rows.size());
  struct Group {
    const Row* heading = nullptr;
    RowSums rows;
  };
  std::map<std::vector<std::string>, Group> groups;
  for (size_t i = 0; i < headings.size(); ++i) {
    std::vector<std::string> texts;
    for (const Cell& cell : headings[i]) texts.push_back(TextOf(cell));
    Group& group = groups[std::move(texts)];
    group.heading = &headings[i];
    group.rows.Add(report->rows[i]);
  }
  const std::vector<size_t> money = MoneyColumns(*report);
  std::vector<Column> summed = columns;
  summed.push_back({count, Column::Align::kRight});
  for (const size_t column : money) summed.push_back(report->columns[column]);
  report->columns = std::move(summed);
  report->rows.clear();
  for (const auto& [texts, group] : groups) {
    Row row = *group.heading;
    row.emplace_back(group.rows.rows());
    for (const size_t column : money) row.push_back(group.rows.sums()[column]);
    report->rows.push_back(std::move(row));
  }
  AddTotals(report);
}

}  // namespace duebook
