// What lists about items (open items, unapplied, explain) share: totals, and sums by group.

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
  Row row;        // with money in the same columns as all others
};

// Ends a list whose report has its columns, a column `currency` among them:
// - the rows in the given order; the totals of each column of money, one row a currency;
// - with request.by: a row for each group instead, with the number of rows in it and the sums of the columns of money.
//   kInvalidArgument if `by` is no grouping.
Result<Report> FinishItemList(Report report, const ReportRequest& request, const History& history,
                              std::vector<ListedItem> items);

// Puts the items in order of customer; those of one customer keep their order.
void SortByCustomer(const History& history, std::vector<ListedItem>& items);

}  // namespace duebook
