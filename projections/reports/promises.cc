// Promises to pay and what became of them, one row each.

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "projections/history/salespeople.h"
#include "projections/reports/promise_book.h"
#include "projections/shared/projection.h"
#include "projections/shared/register.h"

namespace duebook {
namespace {

Result<Report> RunPromises(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kPromises, HistoryPart::kCounterparts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;

  Report report{"promises", cut, {}, {}, {}, {}};
  report.columns = {{"promise"},
                    {"customer"},
                    {"currency"},
                    {"date"},
                    {"due"},
                    {"amount", Column::Align::kRight},
                    {"received", Column::Align::kRight},
                    {"state"}};
  if (NeedsSalesperson(request)) report.columns.push_back({"salesperson"});
  std::optional<Salespeople> salespeople;
  if (NeedsSalesperson(request)) salespeople.emplace(history, cut);
  for (const JudgedPromise& promise : JudgePromises(history, cut, request.grace_days)) {
    const uint32_t customer = history.promises.customer[promise.row];
    const Currency currency = history.promises.currency[promise.row];
    report.rows.push_back({std::string(history.promises.number[promise.row]),
                           std::string(history.customers.id[customer]), currency.ToString(), promise.date, promise.due,
                           Money{promise.amount, currency}, Money{promise.received, currency},
                           Term{std::string(promise.state)}});
    if (!salespeople.has_value()) continue;
    report.rows.back().emplace_back(std::string(salespeople->OfCustomer(customer, promise.date)));
  }
  std::stable_sort(report.rows.begin(), report.rows.end(), [](const Row& a, const Row& b) {
    return std::tie(std::get<std::string>(a[1]), std::get<Date>(a[4])) <
           std::tie(std::get<std::string>(b[1]), std::get<Date>(b[4]));
  });
  return FinishRegister(std::move(report), request);
}

}  // namespace

extern const ReportInfo kPromisesReport;
const ReportInfo kPromisesReport{"promises",
                                 "promises to pay and what became of them",
                                 "duebook promises --effective 2025-12-31 --grace 3",
                                 RunPromises,
                                 {
                                     {"promise", "its number"},
                                     kCustomerColumn,
                                     kCurrencyColumn,
                                     {"date", "the day on which it was made"},
                                     {"due", "the day for which payment is promised"},
                                     {"amount", "what is promised"},
                                     {"received", "what was paid on it"},
                                     {"state", "pending, kept, partly kept, broken, withdrawn or superseded"},
                                     kSalespersonColumn,
                                     kDocumentsColumn,
                                 },
                                 {kOfCustomers, kGroupedBy, kGraceDays}};

}  // namespace duebook
