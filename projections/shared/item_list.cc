#include "projections/shared/item_list.h"

#include <algorithm>
#include <utility>

#include "projections/shared/grouping.h"
#include "projections/shared/totals.h"

namespace duebook {

void SortByCustomer(const History& history, std::vector<ListedItem>& items) {
  const auto customer = [&](const ListedItem& listed) {
    return history.customers.id[history.items.customer[listed.item]];
  };
  std::stable_sort(items.begin(), items.end(),
                   [&](const ListedItem& a, const ListedItem& b) { return customer(a) < customer(b); });
}

Result<Report> FinishItemList(Report report, const ReportRequest& request, const History& history,
                              std::vector<ListedItem> items) {
  report.rows.reserve(items.size());
  for (ListedItem& listed : items) report.rows.push_back(std::move(listed.row));
  if (request.by.empty()) {
    AddTotals(&report);
    return report;
  }
  auto grouping = Grouping::Make(request, history, report.cut);
  RETURN_IF_ERROR(grouping);
  std::vector<Row> headings;
  headings.reserve(items.size());
  for (const ListedItem& listed : items) headings.push_back(grouping->Cells(grouping->GroupOf(listed.item)));
  SumRows(grouping->Columns(), headings, "items", &report);
  return report;
}

}  // namespace duebook
