#include "projections/reports/aging_curve.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <type_traits>
#include <vector>

#include "projections/reports/curve_apart.h"
#include "projections/reports/curve_columns.h"
#include "projections/reports/curve_movements.h"

namespace duebook {
namespace {

// The least age in a bucket other than the first, which has none, by what the buckets themselves say.
int64_t FirstAge(const AgingBuckets& buckets, size_t bucket) {
  int64_t least = 1;
  for (int64_t most = int64_t{1} << 31; least < most;) {
    const int64_t age = (least + most) / 2;
    if (buckets.Find(age) < bucket) {
      least = age + 1;
    } else {
      most = age;
    }
  }
  return least;
}

// The columns of all ages that some cut tells apart: earlier days are in the last bucket at all cuts, later ones never
// due.
DayColumns ColumnsOf(const CurveCuts& cuts, const AgingBuckets& buckets,
                     const std::function<uint32_t(size_t, Date)>& column_of) {
  DayColumns columns;
  columns.first = cuts[0].effective.AddDays(-FirstAge(buckets, buckets.size() - 1));
  columns.of_day.resize(static_cast<size_t>(cuts.last().effective - columns.first) + 1);
  for (size_t day = 0; day < columns.of_day.size(); ++day) {
    columns.of_day[day] = column_of(day, columns.first.AddDays(static_cast<int64_t>(day)));
    columns.count = std::max(columns.count, columns.of_day[day] + 1);
  }
  return columns;
}

// A curve in the making, which has at each step what that adds to the one before it: through days, and below through
// what was known.
//
// The figure of a bucket is of all that is at least as old as what comes there, until Finish: so an amount is added
// once a bucket, at the step at which it comes of that age, and is taken off nowhere.
class DraftByDay {
 public:
  DraftByDay(const CurveCuts& cuts, const AgingBuckets& buckets, AgingCurve* curve)
      : first_(cuts[0].effective.days()),
        last_(cuts.last()),
        steps_(static_cast<int64_t>(cuts.size())),
        columns_(ColumnsOf(cuts, buckets, [](size_t day, Date) { return static_cast<uint32_t>(day); })),
        curve_(*curve),
        reached_((*curve)[0].data()),
        unapplied_((*curve)[curve->figures().unapplied()].data()) {
    for (size_t bucket = 1; bucket < buckets.size(); ++bucket) {
      comes_there_.push_back(columns_.first - cuts[0].effective + FirstAge(buckets, bucket));
    }
  }

  const DayColumns& columns() const { return columns_; }

  // Adds what is open from a step on, or, in the last column, unapplied.
  void Add(int64_t step, uint32_t column, Sum amount) const {
    if (column == columns_.count) {
      unapplied_[step] -= amount;
      return;
    }
    Sum* reached = reached_;
    reached[step] += amount;
    for (const int64_t comes_there : comes_there_) {
      const int64_t at = std::max(step, comes_there + column);
      if (at >= steps_) return;
      reached += steps_;
      reached[at] += amount;
    }
  }

  void AddMovements(const History::Movements& movements, const CurveColumns& columns,
                    std::vector<MovementApart>* apart) const {
    const size_t rows = RowsKnown(movements.seq, last_.known);
    const auto step_of = [first = first_](int32_t day) { return static_cast<uint32_t>(std::max(day, first) - first); };
    // Where there are many, those of one day and column are added up before they are followed from bucket to bucket.
    const size_t cells = static_cast<size_t>(steps_) * columns.count();
    if (cells > rows / 2) {
      ForEachMovement(movements, 0, rows, last_.effective, columns, apart, step_of,
                      [this](uint32_t step, uint32_t column, Minor amount) { Add(step, column, amount); });
      return;
    }
    movements.amount.VisitStored(0, 0, [&](auto amounts) {
      // Amounts of 32 bits cannot add up to more than 64, as there are not so many of them.
      using Cell = std::conditional_t<sizeof(amounts[0]) == sizeof(int32_t), int64_t, Sum>;
      std::vector<Cell> table(cells);
      const size_t width = columns.count();
      ForEachMovement(movements, 0, rows, last_.effective, columns, apart, step_of,
                      [to = table.data(), width](uint32_t step, uint32_t column, Minor amount) {
                        to[step * width + column] += amount;
                      });
      for (size_t step = 0; step * width < cells; ++step) {
        const Cell* of_step = table.data() + step * width;
        for (uint32_t column = 0; column < width; ++column) {
          if (of_step[column] != 0) Add(static_cast<int64_t>(step), column, of_step[column]);
        }
      }
    });
  }

  // Takes from each bucket what is in older ones, when all of its steps are added up.
  void Finish() const {
    for (size_t bucket = 0; bucket < comes_there_.size(); ++bucket) {
      for (size_t step = 0; step < curve_.steps(); ++step) curve_[bucket][step] -= curve_[bucket + 1][step];
    }
  }

 private:
  const int32_t first_;
  const Cut last_;
  const int64_t steps_;
  const DayColumns columns_;
  AgingCurve& curve_;
  Sum* const reached_;
  Sum* const unapplied_;
  std::vector<int64_t> comes_there_;  // the step at which the first column does, of each bucket but the first
};

// Through what was known of one day, on which what ages is in the same bucket at all steps: columns are buckets.
class DraftBySeq {
 public:
  DraftBySeq(const CurveCuts& cuts, const AgingBuckets& buckets, AgingCurve* curve)
      : cuts_(cuts),
        columns_(ColumnsOf(
            cuts, buckets,
            [&](size_t, Date day) { return static_cast<uint32_t>(buckets.Find(cuts.last().effective - day)); })),
        curve_(*curve) {}

  const DayColumns& columns() const { return columns_; }

  void Add(size_t step, uint32_t column, Sum amount) const {
    if (column == columns_.count) amount = -amount;
    curve_[column][step] += amount;
  }

  void AddMovements(const History::Movements& movements, const CurveColumns& columns,
                    std::vector<MovementApart>* apart) const {
    size_t begin = 0;
    for (size_t step = 0; step < cuts_.size(); ++step) {
      const size_t end = RowsKnown(movements.seq, cuts_[step].known);
      std::vector<Sum> sums(columns.count());
      ForEachMovement(
          movements, begin, end, cuts_.last().effective, columns, apart,
          [step](int32_t) { return static_cast<uint32_t>(step); },
          [to = sums.data()](uint32_t, uint32_t column, Minor amount) { to[column] += amount; });
      for (uint32_t column = 0; column < sums.size(); ++column) Add(step, column, sums[column]);
      begin = end;
    }
  }

  void Finish() const {}

 private:
  const CurveCuts& cuts_;
  const DayColumns columns_;
  AgingCurve& curve_;
};

template <class Draft>
AgingCurve Draw(const History& history, const CurveCuts& cuts, const CurveScope& scope) {
  AgingCurve curve(AgingFigures(scope.buckets), cuts.size());
  const AgingFigures& figures = curve.figures();
  const InvoicesApart invoices_apart(history, cuts, scope.basis);
  Draft draft(cuts, scope.buckets, &curve);
  const CurveColumns columns(history, cuts.last().known, scope, draft.columns(), invoices_apart.items());
  std::vector<MovementApart> apart;
  draft.AddMovements(history.movements, columns, &apart);
  invoices_apart.ForEachStep(columns, apart, [&](const CurveStep& step) {
    if (step.open != 0) draft.Add(step.step, draft.columns().Of(step.ages_from.days()), step.open);
    curve[figures.disputed()][step.step] += step.disputed;
  });
  for (size_t figure = 0; figure < figures.balance(); ++figure) {
    std::partial_sum(curve[figure].begin(), curve[figure].end(), curve[figure].begin());
  }
  draft.Finish();
  for (size_t figure = 0; figure <= figures.unapplied(); ++figure) {
    for (size_t step = 0; step < cuts.size(); ++step) curve[figures.balance()][step] += curve[figure][step];
  }
  return curve;
}

}  // namespace

AgingCurve MakeAgingCurve(const History& history, const CurveCuts& cuts, const CurveScope& scope) {
  return cuts.is_of_days() ? Draw<DraftByDay>(history, cuts, scope) : Draw<DraftBySeq>(history, cuts, scope);
}

}  // namespace duebook
