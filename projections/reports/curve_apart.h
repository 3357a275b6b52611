// The invoices of a curve whose figures do not add up movement by movement: those with several parts, as what is paid
// is paid from the first part on, and those that are disputed, as no more is disputed than is open. They are few, and
// what they contribute is worked out from their state at each step at which something happens to them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/money.h"
#include "projections/history/history.h"
#include "projections/history/new_schedules.h"
#include "projections/history/open_parts.h"
#include "projections/reports/curve_columns.h"
#include "projections/reports/curve_cuts.h"
#include "projections/reports/curve_movements.h"
#include "projections/reports/item_changes.h"

namespace duebook {

// From a step on, so much more is open that ages from a day, and so much more is disputed.
struct CurveStep {
  size_t step;
  Date ages_from;
  Sum open = 0;
  Sum disputed = 0;
};

class InvoicesApart {
 public:
  // Those that the last cut knows. All must outlive it.
  InvoicesApart(const History& history, const CurveCuts& cuts, AgingBasis basis);

  // In order of item.
  const std::vector<uint32_t>& items() const { return items_; }
  // Visits the steps of those that `columns` have apart, in no order. `movements` are theirs that the last cut sees.
  void ForEachStep(const CurveColumns& columns, const std::vector<MovementApart>& movements,
                   const std::function<void(const CurveStep&)>& visit) const;

 private:
  struct Change {
    uint32_t step;
    Minor balance, debited, disputed;
  };
  // By a dispute or a new schedule.
  struct OtherChange {
    uint32_t place, step;
    Minor disputed;
  };
  class Walk;
  // The changes of the invoices, one invoice after the other.
  struct ChangesByInvoice {
    std::vector<size_t> ends;  // by place among items(), behind one 0
    std::vector<Change> changes;
  };

  ChangesByInvoice Changes(const CurveColumns& columns, const std::vector<MovementApart>& movements) const;

  const History& history_;
  const CurveCuts& cuts_;
  const AgingBasis basis_;
  const NewSchedules new_schedules_;
  std::vector<uint32_t> items_;
};

}  // namespace duebook
