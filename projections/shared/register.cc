#include "projections/shared/register.h"

#include <map>
#include <vector>

#include "projections/shared/totals.h"

namespace duebook {
namespace {

// The column `amount` added up by currency and state.
void AddFigures(Report* report) {
  const size_t currency = ColumnIndex(*report, "currency");
  const size_t state = ColumnIndex(*report, "state");
  const size_t amount = ColumnIndex(*report, "amount");
  std::map<std::string, Money> sums;
  for (const Row& row : report->rows) {
    const Money& money = std::get<Money>(row[amount]);
    Money& sum = sums[std::get<std::string>(row[currency]) + " " + std::get<Term>(row[state]).name];
    sum = {sum.amount + money.amount, money.currency};
  }
  for (const auto& [name, sum] : sums) report->figures.emplace_back(name, sum);
}

// Groups the rows by what they have in the column `by`, by currency and by state.
void GroupBy(const std::string& by, Report* report) {
  std::vector<Column> columns;
  if (by != "currency") columns.push_back({by});
  columns.push_back({"currency"});
  columns.push_back({"state"});
  std::vector<Row> headings(report->rows.size());
  for (const Column& column : columns) {
    const size_t place = ColumnIndex(*report, column.name);
    for (size_t i = 0; i < headings.size(); ++i) headings[i].push_back(report->rows[i][place]);
  }
  SumRows(columns, headings, "documents", report);
}

}  // namespace

Result<Report> FinishRegister(Report report, const ReportRequest& request) {
  AddFigures(&report);
  if (request.by.empty()) {
    AddTotals(&report);
    return report;
  }
  const bool grouping = request.by == "customer" || request.by == "salesperson" || request.by == "currency";
  if (!grouping) {
    return Error{ErrorCode::kInvalidArgument, "the report " + report.name + " cannot be grouped by " + request.by,
                 "group by customer, salesperson or currency"};
  }
  GroupBy(request.by, &report);
  return report;
}

}  // namespace duebook
