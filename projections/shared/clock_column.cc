#include "projections/shared/clock_column.h"

#include <algorithm>

namespace duebook {

void FinishClockColumn(Report* report) {
  const bool any = std::any_of(report->rows.begin(), report->rows.end(),
                               [](const Row& row) { return std::holds_alternative<Time>(row.back()); });
  if (any) {
    report->columns.push_back({"clock", ColumnType::kTime});
  } else {
    for (Row& row : report->rows) row.pop_back();
  }
}

}  // namespace duebook
