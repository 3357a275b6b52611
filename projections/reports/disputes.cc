// Disputes: what customers contest, how much of it is still open, and how it ended. The age counts from the opening to
// the resolution or, without one, to the cut's day.

#include <optional>
#include <string>
#include <vector>

#include "projections/history/item_balances.h"
#include "projections/reports/dispute_book.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kDisputesReport;

namespace {

Result<Report> RunDisputes(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kDisputes, HistoryPart::kFacts, HistoryPart::kNumbers});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);

  Report report = EmptyReport(kDisputesReport, cut);
  cells->AddKeyColumn(&report);
  for (const JudgedDispute& dispute : JudgeDisputes(history, cut, ItemBalances(history, cut))) {
    const uint32_t customer = history.items.customer[dispute.item];
    const Currency currency = history.items.currency[dispute.item];
    const bool is_resolved = dispute.resolved.has_value();
    Row& row = report.rows.emplace_back(
        Row{std::string(history.disputes.number[dispute.row]), std::string(history.customers.id[customer]),
            std::string(history.items.number[dispute.item]), currency.ToString(), dispute.date,
            Money{dispute.amount, currency}, Money{dispute.open, currency},
            std::string(history.disputes.reason[dispute.row]), Term{is_resolved ? "resolved" : "open", "dispute"},
            is_resolved ? Cell(*dispute.resolved) : Cell(), Term{std::string(dispute.outcome), "outcome"},
            static_cast<int64_t>(dispute.resolved.value_or(cut.effective) - dispute.date)});
    cells->AddName(customer, &row);
    row.insert(row.end(), {Term{std::string(dispute.kind), "kind"}, std::string(dispute.owner),
                           Money{dispute.upheld, currency}, Money{dispute.credited, currency}});
    cells->AddKeyOfItem(dispute.item, &row);
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
        {"outcome", "how it ended, as it was recorded", ColumnType::kWord},
        {"age", "days from its opening until it was resolved or, if it is open, until the day of the report",
         ColumnType::kNumber},
        kNameColumn,
        {"kind", "what it is about: price, quantity, quality, delivery, papers, paid or other", ColumnType::kWord},
        {"owner", "who looks after it"},
        {"upheld", "how much of it was found right when it was resolved", ColumnType::kMoney},
        {"credited", "what was credited for it", ColumnType::kMoney},
        kAttributeColumn,
        kDocumentsColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy})};

}  // namespace duebook
