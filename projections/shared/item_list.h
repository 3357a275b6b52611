// What lists about items (open items, unapplied, explain) share: the last cells of their rows, and their order.

#pragma once

#include <cstdint>
#include <vector>

#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/shared/projection.h"
#include "projections/shared/report.h"

namespace duebook {

struct ListedItem {
  uint32_t item;  // that the row is about
  Row row;
  Row behind_name = {};
};

// Ends a list whose report has its columns: the rows in the given order, each with what is said of its customer
// (CustomerCells).
Result<Report> FinishItemList(Report report, const ReportRequest& request, const History& history,
                              std::vector<ListedItem> items);

// Puts the items in order of customer; those of one customer keep their order.
void SortByCustomer(const History& history, std::vector<ListedItem>& items);

}  // namespace duebook
