#include "tools/render/shown_totals.h"

#include <fmt/core.h>

#include <algorithm>

#include "tools/render/vocabulary.h"

namespace duebook {

namespace {

bool HasFigures(const Row& total) {
  return std::any_of(total.begin(), total.end(), [](const Cell& cell) { return IsFigure(cell); });
}

// Whether all that the total says stands in the row.
bool Repeats(const Row& total, const Row& row) {
  return std::equal(total.begin(), total.end(), row.begin(), row.end(), [](const Cell& sum, const Cell& cell) {
    const std::string shown = ShownCell(sum, Language::kEnglish);
    return shown.empty() || shown == ShownCell(cell, Language::kEnglish);
  });
}

// Says that it is a total in its first cell, or else in the first text, that says nothing; the currency, if there is no
// such place, behind what its first cell says.
void Label(const Report& report, std::string_view currency, Row* total) {
  const std::string behind = currency.empty() ? "" : fmt::format(" {}", currency);
  for (size_t i = 0; i < total->size(); ++i) {
    const ColumnType type = report.columns[i].type;
    const bool is_place = i == 0 || type == ColumnType::kText || type == ColumnType::kWord;
    if (!is_place || !ShownCell((*total)[i], report).empty()) continue;
    (*total)[i] = Word("total", report.language) + behind;
    return;
  }
  if (!behind.empty()) total->front() = ShownCell(total->front(), report) + behind;
}

}  // namespace

std::string CurrencyOfTotal(const Report& report, const Row& total) {
  const bool is_told = std::any_of(report.columns.begin(), report.columns.end(),
                                   [](const Column& column) { return column.name == "currency"; });
  const auto money =
      std::find_if(total.begin(), total.end(), [](const Cell& cell) { return std::holds_alternative<Money>(cell); });
  return is_told || money == total.end() ? "" : std::get<Money>(*money).currency.ToString();
}

std::vector<Row> ShownTotals(const Report& report) {
  if (std::none_of(report.totals.begin(), report.totals.end(), HasFigures)) return {};
  const bool by_currency = report.columns.front().name == "currency";
  const bool repeated =
      std::equal(report.totals.begin(), report.totals.end(), report.rows.begin(), report.rows.end(), Repeats);
  if (by_currency && repeated) return {};
  std::vector<Row> totals = report.totals;
  for (Row& total : totals) Label(report, CurrencyOfTotal(report, total), &total);
  return totals;
}

}  // namespace duebook
