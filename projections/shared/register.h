// What all registers (promises, disputes, write-offs, shipments) share: totals, subtotals and figures of a table of
// documents, computed from its columns `currency`, `state` and those that hold money.

#pragma once

#include <string>

#include "ledger/values/result.h"
#include "projections/shared/projection.h"
#include "projections/shared/report.h"

namespace duebook {

// Ends a register of one row a document:
// - totals: each column of money added up by currency.
// - figures: the column `amount` added up by currency and state ("CNY kept").
// - with request.by: the rows give way to one for each group, currency and state, with the number of documents and the
//   sums. The report has to have the column that is grouped by. kInvalidArgument if `by` is no grouping.
Result<Report> FinishRegister(Report report, const ReportRequest& request);

// Returns whether the report has to bring a column `salesperson`, because it is grouped by it.
inline bool NeedsSalesperson(const ReportRequest& request) { return request.by == "salesperson"; }

}  // namespace duebook
