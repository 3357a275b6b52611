// Disputes: what customers contest, how much of it is still open, and how it ended. The age counts from the opening to
// the resolution or, without one, to the cut's day.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "projections/history/item_balances.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kDisputesReport;

namespace {

// How each dispute ended that the cut sees resolved: the row of its resolution; none while it is open.
std::vector<std::optional<size_t>> ResolutionsOf(const History& history, const Cut& cut) {
  std::vector<std::optional<size_t>> resolutions(history.disputes.seq.size());
  const size_t rows = RowsKnown(history.resolutions.seq, cut.known);
  for (size_t row = 0; row < rows; ++row) {
    if (history.resolutions.date[row] <= cut.effective) resolutions[history.resolutions.dispute[row]] = row;
  }
  return resolutions;
}

Result<Report> RunDisputes(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kDisputes, HistoryPart::kNumbers});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const History::Disputes& disputes = history.disputes;
  ItemBalances left(history, cut);
  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  const std::vector<std::optional<size_t>> resolutions = ResolutionsOf(history, cut);

  Report report = EmptyReport(kDisputesReport, cut);
  cells->AddKeyColumn(&report);
  const size_t rows = RowsKnown(disputes.seq, cut.known);
  for (size_t row = 0; row < rows; ++row) {
    const Date date = disputes.date[row];
    if (date > cut.effective) continue;
    const uint32_t item = disputes.item[row];
    const Currency currency = history.items.currency[item];
    const std::optional<size_t> resolution = resolutions[row];
    // Several disputes on one invoice share what is open of it, in the order in which they were opened.
    const Minor amount = disputes.amount[row];
    const Sum open = resolution.has_value() ? Sum{0} : std::min(Sum{amount}, left[item]);
    left.Add(item, -*ToMinor(open));
    const std::optional<Date> resolved =
        resolution.has_value() ? std::optional(history.resolutions.date[*resolution]) : std::nullopt;
    report.rows.push_back(
        {std::string(disputes.number[row]), std::string(history.customers.id[history.items.customer[item]]),
         std::string(history.items.number[item]), currency.ToString(), date, Money{amount, currency},
         Money{open, currency}, std::string(disputes.reason[row]),
         Term{resolved.has_value() ? "resolved" : "open", "dispute"}, resolved.has_value() ? Cell(*resolved) : Cell(),
         resolved.has_value() ? std::string(history.resolutions.outcome[*resolution]) : std::string(),
         static_cast<int64_t>(resolved.value_or(cut.effective) - date)});
    cells->AddOfItem(item, &report.rows.back());
  }
  return report;
}

}  // namespace

const ReportInfo kDisputesReport{
    "disputes",
    "disputed invoices, what of them is still open, and how disputes ended",
    "duebook disputes --effective 2025-12-31 --by customer",
    ReportRows::kDocuments,
    RunDisputes,
    {
        {"dispute", "its number"},
        kCustomerColumn,
        {"invoice", "the invoice that is disputed"},
        kCurrencyColumn,
        {"date", "the day on which it was opened", ColumnType::kDate},
        {"amount", "what is disputed", ColumnType::kMoney},
        {"open", "how much of that is still to be paid; nothing once it is resolved", ColumnType::kBalance},
        {"reason", "why, as it was recorded"},
        {"state", "open or resolved", ColumnType::kWord},
        {"resolved", "the day on which it was resolved", ColumnType::kDate},
        {"outcome", "how it ended, as it was recorded"},
        {"age", "days from its opening until it was resolved or, if it is open, until the day of the report",
         ColumnType::kNumber},
        kNameColumn,
        kAttributeColumn,
        kDocumentsColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy})};

}  // namespace duebook
