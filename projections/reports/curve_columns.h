// Where a curve adds up the movements of each item: in a column for the day from which an invoice ages, in one for all
// that is unapplied, or nowhere, as it is none of the scope or is worked out apart.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ledger/values/date.h"
#include "projections/history/history.h"
#include "projections/reports/aging_curve.h"

namespace duebook {

// The columns of invoices by the day from which they age.
struct DayColumns {
  Date first;                    // earlier days have the same column
  std::vector<uint32_t> of_day;  // from `first` on; later days have the last one's
  uint32_t count = 0;

  uint32_t Of(int32_t day) const {
    const int32_t last = first.days() + static_cast<int32_t>(of_day.size()) - 1;
    return of_day[static_cast<size_t>(std::clamp(day, first.days(), last) - first.days())];
  }
};

class CurveColumns {
 public:
  // Of the items that are known at `known`; others have none. `apart` are the invoices that are worked out apart.
  CurveColumns(const History& history, uint64_t known, const CurveScope& scope, const DayColumns& by_day,
               std::span<const uint32_t> apart);

  // How many columns there are: those of days, and that of what is unapplied, the last one.
  uint32_t count() const { return count_; }
  // At least count() for an item that has none.
  uint32_t operator[](uint32_t item) const { return columns_[item]; }
  // Of such a number: whether it is that of an invoice that is worked out apart, and which of them it is.
  bool IsApart(uint32_t column) const { return column > count(); }
  uint32_t PlaceApart(uint32_t column) const { return column - count() - 1; }
  const uint32_t* data() const { return columns_.data(); }

 private:
  uint32_t count_;
  std::vector<uint32_t> columns_;  // by item; of one apart, count() + 1 + its place among those
};

}  // namespace duebook
