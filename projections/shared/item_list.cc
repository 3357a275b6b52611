#include "projections/shared/item_list.h"

#include <algorithm>
#include <utility>

#include "projections/shared/customer_cells.h"

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
  auto cells = CustomerCells::Make(request, history, report.cut);
  RETURN_IF_ERROR(cells);
  cells->AddKeyColumn(&report);
  report.rows.reserve(items.size());
  for (ListedItem& listed : items) {
    Row& row = report.rows.emplace_back(std::move(listed.row));
    cells->AddName(history.items.customer[listed.item], &row);
    row.insert(row.end(), listed.behind_name.begin(), listed.behind_name.end());
    cells->AddKeyOfItem(listed.item, &row);
  }
  return report;
}

}  // namespace duebook
