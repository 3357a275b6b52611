// Disputes: what customers contest, how much of it is still open, and how it ended. The age counts from the opening to
// the resolution or, without one, to the cut's day.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "projections/history/item_balances.h"
#include "projections/history/salespeople.h"
#include "projections/shared/grouping.h"
#include "projections/shared/projection.h"
#include "projections/shared/register.h"

namespace duebook {
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

std::vector<Column> Columns(bool with_salesperson) {
  std::vector<Column> columns{{"dispute"},
                              {"customer"},
                              {"invoice"},
                              {"currency"},
                              {"date"},
                              {"amount", Column::Align::kRight},
                              {"open", Column::Align::kRight},
                              {"reason"},
                              {"state"},
                              {"resolved"},
                              {"outcome"},
                              {"age", Column::Align::kRight}};
  if (with_salesperson) columns.push_back({"salesperson"});
  return columns;
}

Result<Report> RunDisputes(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kDisputes, HistoryPart::kNumbers});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const History::Disputes& disputes = history.disputes;
  ItemBalances left(history, cut);
  std::optional<Salespeople> salespeople;
  if (NeedsSalesperson(request)) salespeople.emplace(history, cut);
  const std::vector<std::optional<size_t>> resolutions = ResolutionsOf(history, cut);

  Report report{"disputes", cut, Columns(NeedsSalesperson(request)), {}, {}, {}};
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
    if (salespeople.has_value()) report.rows.back().emplace_back(std::string(salespeople->Of(item)));
  }
  return FinishRegister(std::move(report), request);
}

}  // namespace

extern const ReportInfo kDisputesReport;
const ReportInfo kDisputesReport{
    "disputes",
    "disputed invoices, what of them is still open, and how disputes ended",
    "duebook disputes --effective 2025-12-31 --by customer",
    RunDisputes,
    {
        {"dispute", "its number"},
        kCustomerColumn,
        {"invoice", "the invoice that is disputed"},
        kCurrencyColumn,
        {"date", "the day on which it was opened"},
        {"amount", "what is disputed"},
        {"open", "how much of that is still to be paid; nothing once it is resolved"},
        {"reason", "why, as it was recorded"},
        {"state", "open or resolved"},
        {"resolved", "the day on which it was resolved"},
        {"outcome", "how it ended, as it was recorded"},
        {"age", "days from its opening until it was resolved or, if it is open, until the day of the report"},
        kSalespersonColumn,
        kDocumentsColumn,
    },
    {kOfCustomers, kGroupedBy}};

}  // namespace duebook
