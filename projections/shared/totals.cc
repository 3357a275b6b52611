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

// By what a text or word stands among others: its place, if it has one, and what it says.
using Heading = std::pair<int64_t, std::string>;

Heading HeadingOf(const Cell& cell) {
  if (const Term* term = std::get_if<Term>(&cell)) return {term->place, term->name};
  return {0, std::get<std::string>(cell)};
}

std::string TextOf(const Cell& cell) { return HeadingOf(cell).second; }

std::vector<size_t> PlacesOf(const Report& report, const std::vector<std::string>& names) {
  std::vector<size_t> places;
  places.reserve(names.size());
  for (const std::string& name : names) places.push_back(ColumnIndex(report, name));
  return places;
}

}  // namespace

size_t ColumnIndex(const Report& report, std::string_view name) {
  const auto found = std::find_if(report.columns.begin(), report.columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  CHECK(found != report.columns.end());
  return static_cast<size_t>(found - report.columns.begin());
}

void AppendMoney(const std::vector<Sum>& sums, Currency currency, Row* row) {
  for (const Sum sum : sums) row->emplace_back(Money{sum, currency});
}

void AddTotals(Report* report, std::string_view apart) {
  const size_t currency = ColumnIndex(*report, "currency");
  const size_t place = apart.empty() ? currency : ColumnIndex(*report, apart);
  std::map<std::pair<std::string, Heading>, std::pair<Cell, RowSums>> sums;
  for (const Row& row : report->rows) {
    auto& [cell, rows] = sums[{TextOf(row[currency]), HeadingOf(row[place])}];
    cell = row[place];
    rows.Add(row);
  }
  for (auto& [key, cell_and_rows] : sums) {
    Row& total = report->totals.emplace_back(cell_and_rows.second.sums());
    total[currency] = key.first;
    total[place] = std::move(cell_and_rows.first);
  }
}

void AddSumsByState(Report* report) {
  const size_t currency = ColumnIndex(*report, "currency");
  const size_t state = ColumnIndex(*report, "state");
  const size_t amount = ColumnIndex(*report, "amount");
  std::map<std::string, Money> sums;
  std::map<std::string, Term> states;
  for (const Row& row : report->rows) {
    const Money& money = std::get<Money>(row[amount]);
    const std::string name = TextOf(row[state]);
    const Term* term = std::get_if<Term>(&row[state]);
    if (term != nullptr) states.emplace(name, *term);
    Money& sum = sums[TextOf(row[currency]) + " " + name];
    sum = {sum.amount + money.amount, money.currency};
  }
  report->figures.insert(report->figures.begin(), sums.begin(), sums.end());
  for (const auto& [name, term] : states) report->states.push_back(term);
}

void GroupRows(const std::vector<std::string>& headings, const std::string& count,
               const std::vector<std::string>& behind, Report* report) {
  const std::vector<size_t> heading_places = PlacesOf(*report, headings);
  const std::vector<size_t> places_behind = PlacesOf(*report, behind);
  std::vector<size_t> money;
  for (size_t i = 0; i < report->columns.size(); ++i) {
    if (IsMoney(report->columns[i].type)) money.push_back(i);
  }
  struct Group {
    const Row* first = nullptr;
    RowSums rows;
  };
  std::map<std::vector<Heading>, Group> groups;
  for (const Row& row : report->rows) {
    std::vector<Heading> key;
    key.reserve(heading_places.size());
    for (const size_t place : heading_places) key.push_back(HeadingOf(row[place]));
    Group& group = groups[std::move(key)];
    if (group.first == nullptr) group.first = &row;
    group.rows.Add(row);
  }
  std::vector<Column> columns;
  columns.reserve(report->columns.size() + 1);
  for (const size_t place : heading_places) columns.push_back(report->columns[place]);
  if (!count.empty()) columns.push_back({count, ColumnType::kNumber});
  for (const size_t place : money) columns.push_back(report->columns[place]);
  for (const size_t place : places_behind) columns.push_back(report->columns[place]);
  std::vector<Row> rows;
  for (const auto& [key, group] : groups) {
    Row& row = rows.emplace_back();
    for (const size_t place : heading_places) row.push_back((*group.first)[place]);
    if (!count.empty()) row.emplace_back(group.rows.rows());
    for (const size_t place : money) row.push_back(group.rows.sums()[place]);
    for (const size_t place : places_behind) row.push_back((*group.first)[place]);
  }
  report->columns = std::move(columns);
  report->rows = std::move(rows);
}

}  // namespace duebook
