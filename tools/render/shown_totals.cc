#include "tools/render/shown_totals.h"

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

}  // namespace

std::vector<Row> ShownTotals(const Report& report) {
  if (std::none_of(report.totals.begin(), report.totals.end(), HasFigures)) return {};
  const bool by_currency = report.columns.front().name == "currency";
  const bool repeated =
      std::equal(report.totals.begin(), report.totals.end(), report.rows.begin(), report.rows.end(), Repeats);
  return by_currency && repeated ? std::vector<Row>() : report.totals;
}

}  // namespace duebook
