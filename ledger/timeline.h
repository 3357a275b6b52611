// The value of one quantity of one document (what is open of an invoice, what is unapplied of a payment) on every date:
// the changes, merged by effective date. This is what the safety theorem is checked on.

#pragma once

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <optional>

#include "ledger/check.h"
#include "ledger/date.h"
#include "ledger/money.h"

namespace duebook {

class Timeline {
 public:
  // Requires that what is added on one day stays below 2^95: some four billion of the largest amounts.
  void Add(Date date, Sum change) {
    auto at = std::lower_bound(changes_.begin(), changes_.end(), date,
                               [](const Change& entry, Date day) { return entry.date < day; });
    if (at != changes_.end() && at->date == date) {
      const Sum sum = at->amount() + change;
      if (sum == 0) {
        changes_.erase(at);
      } else {
        *at = Change(date, sum);
      }
    } else if (change != 0) {
      changes_.insert(at, Change(date, change));
    }
  }

  // The value at the end of `date`.
  Sum At(Date date) const {
    Sum value = 0;
    for (const Change& change : changes_) {
      if (change.date > date) break;
      value += change.amount();
    }
    return value;
  }

  struct Extreme {
    Date date;  // the first day on which it is reached
    Sum value;
  };
  // The least value on `date` and all later days: what can still be taken off from `date` on.
  Extreme LeastFrom(Date date) const {
    return ExtremeFrom(date, [](Sum value, Sum least) { return value < least; });
  }
  Extreme MostFrom(Date date) const {
    return ExtremeFrom(date, [](Sum value, Sum most) { return value > most; });
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
  // The amount in 96 bits: as a Sum it would make every record of the books half as large again.
  struct Change {
    Change(Date day, Sum amount)
        : date(day), upper(static_cast<int32_t>(absl::Int128High64(amount))), lower(absl::Int128Low64(amount)) {
      CHECK(this->amount() == amount);
    }
    Sum amount() const { return absl::MakeInt128(upper, lower); }
    friend bool operator==(const Change&, const Change&) = default;

    Date date;
    int32_t upper;
    uint64_t lower;
  };
  static_assert(sizeof(Change) == 16);
  template <class Beats>
  Extreme ExtremeFrom(Date date, Beats beats) const {
    Extreme extreme{date, At(date)};
    Sum value = extreme.value;
    for (const Change& change : changes_) {
      if (change.date <= date) continue;
      value += change.amount();
      if (beats(value, extreme.value)) extreme = {change.date, value};
    }
    return extreme;
  }
  // Ascending by date, none zero. Most documents change twice: issued and paid, received and applied.
  absl::InlinedVector<Change, 2> changes_;
};

}  // namespace duebook
