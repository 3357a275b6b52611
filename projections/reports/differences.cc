// Small differences that were closed, one row each, and how much the person had closed in that month so far: what
// nobody else approves adds up in sight.
//
// The sum of a month is that of one person in one currency, of what is in force at the cut, in order of day and then of
// recording; also of customers that are not asked for.

#include "ledger/events/differences.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/history/customer_attribute.h"
#include "projections/history/visible_facts.h"
#include "projections/reports/monthly_differences.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kDifferencesReport;

namespace {

// The differences that the cut sees, reversed or not, by day and then in order of seq.
std::vector<uint32_t> VisibleDifferences(const History& history, const VisibleFacts& facts) {
  std::vector<uint32_t> visible;
  facts.ForEachOrReversed({EventType::DifferenceClosed}, [&](uint32_t fact) { visible.push_back(fact); });
  std::stable_sort(visible.begin(), visible.end(),
                   [&](uint32_t a, uint32_t b) { return history.facts.date[a] < history.facts.date[b]; });
  return visible;
}

// The number of the invoice on which the difference was closed; "" if it is the rest of a payment.
std::string InvoiceOf(const History& history, uint32_t fact) {
  const size_t part = RowsBelow(history.fact_parts.fact, fact);
  const bool has_one = part < history.fact_parts.fact.size() && history.fact_parts.fact[part] == fact;
  const uint32_t item = has_one ? history.fact_parts.item[part] : kNoItem;
  return item == kNoItem ? std::string() : std::string(history.items.number[item]);
}

std::string_view ReasonOf(uint32_t number) {
  return number < kDifferenceReasons.size() ? kDifferenceReasons[number] : kDifferenceReasons.back();
}

// The history of all customers, whose differences are added up, whichever are shown.
Result<History> LoadAll(const ReportRequest& request) {
  ReportRequest of_all = request;
  of_all.customers.clear();
  return of_all.LoadHistory({HistoryPart::kFacts, HistoryPart::kNumbers});
}

Result<Report> RunDifferences(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = LoadAll(request);
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const History::Facts& facts = history.facts;
  const CustomerAttribute names(history, cut, kNameAttribute);
  const std::set<std::string> asked(request.customers.begin(), request.customers.end());
  const VisibleFacts visible(history, cut);
  MonthlyDifferences closed;
  Report report = EmptyReport(kDifferencesReport, cut);
  for (const uint32_t fact : VisibleDifferences(history, visible)) {
    const Date date = facts.date[fact];
    const Currency currency = facts.currency[fact];
    const bool in_force = !visible.IsReversed(fact);
    if (in_force) closed.Add(facts.text[fact], date, currency, facts.amount[fact]);
    const uint32_t customer = facts.customer[fact];
    const std::string id(history.customers.id[customer]);
    if (!asked.empty() && !asked.contains(id)) continue;
    const uint32_t payment = history.ItemAt(facts.subject[fact]);
    report.rows.push_back(
        {std::string(facts.key[fact]), id, InvoiceOf(history, fact),
         payment == kNoItem ? std::string() : std::string(history.items.number[payment]), currency.ToString(),
         Money{facts.amount[fact], currency}, Term{std::string(ReasonOf(facts.number[fact])), "difference"}, date,
         std::string(facts.text[fact]), Money{closed.InMonthOf(facts.text[fact], date, currency), currency},
         Term{in_force ? "in force" : "reversed", "difference"}, std::string(names.Of(customer))});
  }
  return report;
}

}  // namespace

const ReportInfo kDifferencesReport{
    "differences",
    "small differences that were closed, by whom and how much a month",
    "duebook differences --effective 2025-12-31",
    ReportRows::kListedByState,
    RunDifferences,
    {
        {"difference", "its number"},
        kCustomerColumn,
        {"invoice", "the invoice whose rest was closed; none where it was that of a payment"},
        {"payment", "the payment that paid the invoice, or of which something was left"},
        kCurrencyColumn,
        {"amount", "what was closed", ColumnType::kMoney},
        {"reason", "what the difference is", ColumnType::kWord},
        kDateColumn,
        kActorColumn,
        {"month_total", "what the actor had closed in the currency and calendar month so far", ColumnType::kMoney},
        {"state", "in force or reversed", ColumnType::kWord},
        kNameColumn,
    },
    ListParameters({kOfCustomers})};

}  // namespace duebook
