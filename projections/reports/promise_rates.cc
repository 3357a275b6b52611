// How many of their promises customers kept: those whose last day is over, with days of grace. What was withdrawn or
// superseded is counted, and neither rate has to do with it.

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/values/rounding.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/salespeople.h"
#include "projections/reports/promise_book.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kPromiseRatesReport;

namespace {

struct Rates {
  int64_t promises = 0, kept = 0, partly_kept = 0, broken = 0, withdrawn = 0, superseded = 0;
  Sum amount = 0, received = 0;

  void Add(const JudgedPromise& promise) {
    promises++;
    int64_t& of_state = promise.state == kKeptState         ? kept
                        : promise.state == kPartlyKeptState ? partly_kept
                        : promise.state == kBrokenState     ? broken
                        : promise.state == kWithdrawnState  ? withdrawn
                                                            : superseded;
    of_state++;
    if (promise.state == kWithdrawnState || promise.state == kSupersededState) return;
    amount += promise.amount;
    received += promise.received;
  }
};

// "66.67", of hundredths of a per cent.
std::string PercentText(int64_t hundredths) { return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100); }

// The two rates: per cent of the amount that was received, and the rest; of nothing promised, none.
std::pair<std::string, std::string> RateTexts(const Rates& rates) {
  constexpr int64_t kWhole = 100'00;
  if (rates.amount == 0) return {"n/a", "n/a"};
  const auto kept = static_cast<int64_t>(DivideHalfEven(rates.received * kWhole, rates.amount));
  return {PercentText(kept), PercentText(kWhole - kept)};
}

// What the promises are grouped by, as the request says.
class PromiseKey {
 public:
  // The history must outlive it.
  PromiseKey(const ReportRequest& request, const History& history, const Cut& cut)
      : by_(request.by), history_(&history), salespeople_(history, cut) {}

  bool IsCustomer() const { return by_.empty() || by_ == "customer"; }
  std::string Of(const JudgedPromise& promise) const {
    const History::Promises& promises = history_->promises;
    const uint32_t customer = promises.customer[promise.row];
    if (IsCustomer()) return std::string(history_->customers.id[customer]);
    if (by_ == kSalespersonAttribute) return std::string(salespeople_.OfCustomer(customer, promise.date));
    if (by_ == "plan") return std::string(promises.plan[promise.row]);
    constexpr size_t kYearAndMonth = 7;  // of YYYY-MM-DD
    return promise.deadline.ToString().substr(0, kYearAndMonth);
  }

 private:
  std::string by_;
  const History* history_;
  Salespeople salespeople_;
};

// A last day that is asked for is the day up to which is counted, too.
Cut CutOf(const ReportRequest& request) {
  Cut cut = request.ClippedCut();
  if (request.to.has_value()) cut.effective = std::min(cut.effective, *request.to);
  return cut;
}

struct RatesOfKey {
  Rates rates;
  uint32_t customer = 0;  // of the first promise
};

Result<Report> RunPromiseRates(const ReportRequest& request) {
  const Cut cut = CutOf(request);
  const auto history = request.LoadHistory({HistoryPart::kPromises, HistoryPart::kCounterparts});
  RETURN_IF_ERROR(history);
  const PromiseKey key_of(request, *history, cut);
  std::map<std::pair<std::string, std::string>, RatesOfKey> groups;  // by key and currency
  for (const JudgedPromise& promise : JudgePromises(*history, cut, request.grace_days)) {
    if (promise.deadline >= cut.effective || promise.deadline < request.from.value_or(Date::Min())) continue;
    const auto [group, is_new] =
        groups.try_emplace({key_of.Of(promise), history->promises.currency[promise.row].ToString()});
    if (is_new) group->second.customer = history->promises.customer[promise.row];
    group->second.rates.Add(promise);
  }

  const CustomerAttribute names(*history, cut, kNameAttribute);
  Report report = key_of.IsCustomer() ? EmptyReport(kPromiseRatesReport, cut, {kNameColumn.name})
                                      : EmptyReport(kPromiseRatesReport, cut);
  for (const auto& [key, group] : groups) {
    const Rates& rates = group.rates;
    const Currency currency = *Currency::Parse(key.second);
    auto [kept, broken] = RateTexts(rates);
    Row& row =
        report.rows.emplace_back(Row{key.first, key.second, rates.promises, rates.kept, rates.partly_kept, rates.broken,
                                     rates.withdrawn, rates.superseded, Money{rates.amount, currency},
                                     Money{rates.received, currency}, std::move(kept), std::move(broken)});
    if (key_of.IsCustomer()) row.emplace_back(std::string(names.Of(group.customer)));
  }
  return report;
}

}  // namespace

const ReportInfo kPromiseRatesReport{
    "promise-rates",
    "how much of what was promised came in time",
    "duebook promise-rates --from 2025-01-01 --to 2025-12-31 --by salesperson",
    ReportRows::kListed,
    RunPromiseRates,
    {
        {"key", "the customer, salesperson on the promise's day, month of its last day, or plan"},
        kCurrencyColumn,
        {"promises", "how many had their last day in these days, before the day of the report", ColumnType::kNumber},
        {"kept", "how many of them were kept", ColumnType::kNumber},
        {"partly_kept", "how many were kept in part", ColumnType::kNumber},
        {"broken", "how many were broken", ColumnType::kNumber},
        {"withdrawn", "how many were withdrawn", ColumnType::kNumber},
        {"superseded", "how many were superseded", ColumnType::kNumber},
        {"amount", "what was promised, without what was withdrawn or superseded", ColumnType::kMoney},
        {"received", "what was paid on that", ColumnType::kMoney},
        {"kept_rate", "received in per cent of amount; n/a of nothing"},
        {"broken_rate", "the rest to 100 per cent"},
        {"name", "what the customer is called at the cut", ColumnType::kText, ReportColumn::Where::kAsked},
    },
    ListParameters({kOfCustomers, kPromisesBy, kFirstDay, kLastDay, kPeriod, kGraceDays}),
    DefaultDay::kToday,
    false,
    nullptr,
    nullptr,
    false,
    true};

}  // namespace duebook
