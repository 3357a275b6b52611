// Promises to pay and what became of them, one row each.

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "projections/reports/promise_book.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"
#include "projections/shared/totals.h"

namespace duebook {

extern const ReportInfo kPromisesReport;

namespace {

Result<Report> RunPromises(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kPromises, HistoryPart::kCounterparts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;

  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  Report report = EmptyReport(kPromisesReport, cut);
  cells->AddKeyColumn(&report);
  for (const JudgedPromise& promise : JudgePromises(history, cut, request.grace_days)) {
    const uint32_t customer = history.promises.customer[promise.row];
    const Currency currency = history.promises.currency[promise.row];
    report.rows.push_back({std::string(history.promises.number[promise.row]),
                           std::string(history.customers.id[customer]), currency.ToString(), promise.date, promise.due,
                           Money{promise.amount, currency}, Money{promise.received, currency},
                           Term{std::string(promise.state)}});
    Row& row = report.rows.back();
    cells->AddName(customer, &row);
    row.emplace_back(promise.deadline);
    cells->AddKeyOfCustomer(customer, promise.date, &row);
  }
  const size_t of_customer = ColumnIndex(report, "customer");
  const size_t due = ColumnIndex(report, "due");
  std::stable_sort(report.rows.begin(), report.rows.end(), [&](const Row& a, const Row& b) {
    return std::tie(std::get<std::string>(a[of_customer]), std::get<Date>(a[due])) <
           std::tie(std::get<std::string>(b[of_customer]), std::get<Date>(b[due]));
  });
  return report;
}

}  // namespace

const ReportInfo kPromisesReport{
    "promises",
    "promises to pay and what became of them",
    "duebook promises --effective 2025-12-31 --grace 3",
    ReportRows::kDocuments,
    RunPromises,
    {
        {"promise", "its number"},
        kCustomerColumn,
        kCurrencyColumn,
        {"date", "the day on which it was made", ColumnType::kDate},
        {"due", "the day for which payment is promised", ColumnType::kDate},
        {"amount", "what is promised", ColumnType::kMoney},
        {"received", "what was paid on it", ColumnType::kMoney},
        {"state", "pending, kept, partly kept, broken, withdrawn or superseded", ColumnType::kWord},
        kNameColumn,
        {"last_day", "the last day on which it can be kept, with its days of grace", ColumnType::kDate},
        kAttributeColumn,
        kDocumentsColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy, kGraceDays})};

}  // namespace duebook
