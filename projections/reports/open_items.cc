// Open items: every invoice that is not settled, with its age; one with instalments has a row for each open instalment.
// In order of customer, and then of due date.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "projections/history/item_balances.h"
#include "projections/history/open_parts.h"
#include "projections/history/salespeople.h"
#include "projections/reports/covered_parts.h"
#include "projections/shared/item_list.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kOpenItemsReport;

namespace {

Result<Report> RunOpenItems(const ReportRequest& request) {
  auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  const Cut cut = request.ClippedCut();
  auto loaded = request.LoadHistory({HistoryPart::kNumbers, HistoryPart::kSalespeople, HistoryPart::kFacts,
                                     HistoryPart::kPromises, HistoryPart::kCounterparts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;

  std::vector<OpenPart> parts;
  const ItemBalances balances(history, cut);
  const OpenParts open(history, cut, balances, request.basis);
  open.ForEach([&](const OpenPart& part) { parts.push_back(part); });
  std::stable_sort(parts.begin(), parts.end(), [](const OpenPart& a, const OpenPart& b) { return a.due < b.due; });
  const std::vector<Sum> covered = CoveredParts(history, cut, parts);
  const Salespeople salespeople(history, cut);
  std::vector<ListedItem> items;
  for (size_t i = 0; i < parts.size(); ++i) {
    const OpenPart& part = parts[i];
    const Currency currency = history.items.currency[part.item];
    const int64_t age = AgeOf(history, part, request.basis, cut.effective);
    const size_t bucket = buckets->Find(age);
    items.push_back({part.item,
                     {std::string(history.customers.id[history.items.customer[part.item]]),
                      std::string(history.items.number[part.item]), currency.ToString(), history.items.date[part.item],
                      part.due, Money{part.amount, currency}, Money{part.open, currency}, age,
                      Term{buckets->Name(bucket), "", static_cast<int64_t>(bucket)}, Money{part.disputed, currency},
                      std::string(salespeople.Of(part.item)), std::max<int64_t>(0, cut.effective - part.due)},
                     {part.original_due, part.rescheduled.has_value() ? Cell(*part.rescheduled) : Cell(),
                      Money{covered[i], currency}}});
  }
  SortByCustomer(history, items);
  return FinishItemList(EmptyReport(kOpenItemsReport, cut), request, history, std::move(items));
}

}  // namespace

const ReportInfo kOpenItemsReport{
    "open-items",
    "every invoice that is not settled, with its age",
    "duebook open-items --customer C-7",
    ReportRows::kItems,
    RunOpenItems,
    {
        kCustomerColumn,
        kAttributeColumn,
        {"invoice", "its number; an invoice with instalments has a row for each"},
        kCurrencyColumn,
        kItemsColumn,
        {"date", "the invoice's day", ColumnType::kDate},
        {"due", "the day by which it is to be paid", ColumnType::kDate},
        {"amount", "of the invoice or instalment, as issued or rescheduled", ColumnType::kMoney},
        {"open", "what is left of it", ColumnType::kBalance},
        {"age", "days since it was due or, with --basis, since it was due first or since the invoice's day",
         ColumnType::kNumber},
        {"bucket", "the column of the aging in which it is counted", ColumnType::kWord},
        kDisputedColumn,
        {"salesperson", "the invoice's, or else the customer's on the invoice's day"},
        {"overdue_days", "days since it was due; 0 until then", ColumnType::kNumber},
        kNameColumn,
        {"original_due", "the day by which the first of the same money was to be paid as the invoice was issued",
         ColumnType::kDate},
        {"rescheduled", "the day from which on another schedule is in force than the invoice was issued with",
         ColumnType::kDate},
        {"covered", "how much of what is open is to come by post-dated paper: pending promises with an instrument",
         ColumnType::kBalance},
    },
    ListParameters({kOfCustomers, kGroupedBy, kAgingBasis, kBucketEnds, kOverdueOnly, kLeastOpen, kOfSalesperson})};

}  // namespace duebook
