// The one pass of a curve over the movements, which are most of what there is to be read.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ledger/values/date.h"
#include "projections/history/history.h"
#include "projections/reports/curve_columns.h"

namespace duebook {

// A movement on an invoice that is worked out apart, by its row of the history: which of those invoices it is, and the
// step that is the first to see it.
struct MovementApart {
  size_t row;
  uint32_t place;
  uint32_t step;
};

// Calls `add` with the step, the column and the amount of those of the movements [begin, end) that are dated up to
// `until` and have a column; `step_of` tells the step of a day. Adds those that are worked out apart to `apart`.
template <class StepOf, class Add>
void ForEachMovement(const History::Movements& movements, size_t begin, size_t end, Date until,
                     const CurveColumns& columns, std::vector<MovementApart>* apart, const StepOf& step_of,
                     const Add& add) {
  // All that it reads is given by value, so that it stays in registers.
  const auto pass = [&](auto days, auto amounts, auto items, int32_t last_day, const uint32_t* column_of,
                        uint32_t count, StepOf step, Add to) {
    for (size_t row = 0; row < days.size(); ++row) {
      if (days[row] > last_day) continue;
      const uint32_t column = column_of[items[row]];
      if (column < count) {
        to(step(days[row]), column, amounts[row]);
      } else if (columns.IsApart(column)) {
        apart->push_back({begin + row, columns.PlaceApart(column), step(days[row])});
      }
    }
  };
  // As they are stored: which form each column has is asked once, and not for each row.
  movements.date.VisitStored(begin, end, [&](auto days) {
    movements.amount.VisitStored(begin, end, [&](auto amounts) {
      movements.item.VisitStored(begin, end, [&](auto items) {
        pass(days, amounts, items, until.days(), columns.data(), columns.count(), step_of, add);
      });
    });
  });
}

}  // namespace duebook
