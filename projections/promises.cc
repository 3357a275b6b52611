// Promises to pay and what became of them, one row each.

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "projections/projection.h"
#include "projections/promise_book.h"
#include "projections/register.h"
#include "projections/salespeople.h"
#include "projections/visible_events.h"

namespace duebook {
namespace {

Result<Report> RunPromises(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto customers = CustomersWith(request, cut, EventType::PromiseMade);
  RETURN_IF_ERROR(customers);
  auto seqs = SeqsOfCustomers(*request.log, *customers);
  RETURN_IF_ERROR(seqs);
  PromiseBook book(request.grace_days);
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) { book.Evolve(event); }));
  book.Judge(cut.effective);

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
  std::shared_ptr<const History> history;
  std::optional<Salespeople> salespeople;
  if (NeedsSalesperson(request)) {
    auto loaded = History::OfCustomers(*request.log, *customers);
    RETURN_IF_ERROR(loaded);
    history = *loaded;
    salespeople.emplace(*history, cut);
  }
  for (const JudgedPromise& promise : book.promises()) {
    report.rows.push_back({promise.number, promise.customer, promise.currency.ToString(), promise.date, promise.due,
                           Money{promise.amount, promise.currency}, Money{promise.received, promise.currency},
                           Term{promise.state}});
    if (salespeople.has_value()) {
      report.rows.back().emplace_back(
          std::string(salespeople->OfCustomer(history->CustomerAt(promise.customer_seq), promise.date)));
    }
  }
  std::stable_sort(report.rows.begin(), report.rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(std::get<std::string>(a[1]), std::get<Date>(a[4])) <
           std::tuple(std::get<std::string>(b[1]), std::get<Date>(b[4]));
  });
  return FinishRegister(std::move(report), request);
}

}  // namespace

extern const ReportInfo kPromisesReport;
const ReportInfo kPromisesReport{"promises",
                                 "promises to pay and what became of them",
                                 "duebook promises --effective 2025-12-31 --grace 3",
                                 RunPromises,
                                 {kOfCustomers, kGroupedBy, kGraceDays}};

}  // namespace duebook
