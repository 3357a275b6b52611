// The value of one quantity of one document (what is open of an invoice, what is unapplied of a payment) on every date:
// the changes, merged by effective date. This is what the safety theorem is checked on.

#pragma once

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <optional>

#include "ledger/date.h"
#include "ledger/money.h"

namespace duebook {

class Timeline {
 public:
  void Add(Date date, Minor change) {
    auto at = std::lower_bound(changes_.begin(), changes_.end(), date,
                               [](const Change& entry, Date day) { return entry.date < day; });
    if (at != changes_.end() && at->date == date) {
      at->amount += change;
      if (at->amount == 0) changes_.erase(at);
    } else if (change != 0) {
      changes_.insert(at, {date, change});
    }
  }

  // The value at the end of `date`.
  Minor At(Date date) const {
    Minor value = 0;
    for (const Change& change : changes_) {
      if (change.date > date) break;
      value += change.amount;
    }
    return value;
  }

  struct Extreme {
    Date date;  // the first day on which it is reached
    Minor value;
  };
  // The least value on `date` and all later days: what can still be taken off from `date` on.
  Extreme LeastFrom(Date date) const {
    return ExtremeFrom(date, [](Minor value, Minor least) { return value < least; });
  }
  Extreme MostFrom(Date date) const {
    return ExtremeFrom(date, [](Minor value, Minor most) { return value > most; });
  }
  // Whether the value is zero on `date` and all later days.
  bool IsZeroFrom(Date date) const { return At(date) == 0 && !ChangesAfter(date); }
  // The last day on which it changes; nothing if it never does.
  std::optional<Date> LastChange() const {
    return changes_.empty() ? std::nullopt : std::optional<Date>(changes_.back().date);
  }
  bool ChangesAfter(Date date) const { return !changes_.empty() && changes_.back().date > date; }

  friend bool operator==(const Timeline&, const Timeline&) = default;

 private:
  struct Change {
    Date date;
    Minor amount = 0;
    friend bool operator==(const Change&, const Change&) = default;
  };
  template <class Beats>
  Extreme ExtremeFrom(Date date, Beats beats) const {
    Extreme extreme{date, At(date)};
    Minor value = extreme.value;
    for (const Change& change : changes_) {
      if (change.date <= date) continue;
      value += change.amount;
      if (beats(value, extreme.value)) extreme = {change.date, value};
    }
    return extreme;
  }
  // Ascending by date, none zero. Most documents change twice: issued and paid, received and applied.
  absl::InlinedVector<Change, 2> changes_;
};

}  // namespace duebook
