// The value of one quantity of one document (what is open of an invoice, what is unapplied of a payment) on every date:
// the changes, merged by effective date. This is what the safety theorem is checked on.

#pragma once

#include <array>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/values/apart.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"
#include "ledger/values/timeline_tree.h"

namespace duebook {

// Each call takes time by the logarithm of the number of days with a change.
class Timeline {
 public:
  using Extreme = TimelineExtreme;

  void Add(Date date, Sum change);
  // Adds all changes of another one.
  void Add(const Timeline& other);

  // The value at the end of `date`.
  Sum At(Date date) const;
  // The least value on `date` and all later days: what can still be taken off from `date` on.
  Extreme LeastFrom(Date date) const;
  Extreme MostFrom(Date date) const;
  // Returns whether the value is zero on `date` and all later days.
  bool IsZeroFrom(Date date) const { return At(date) == 0 && !ChangesAfter(date); }
  // The last day on which it changes; nothing if it never does.
  std::optional<Date> LastChange() const;
  bool ChangesAfter(Date date) const {
    const std::optional<Date> last = LastChange();
    return last.has_value() && *last > date;
  }

  // Visits the later days on which it changes with their changes, in order.
  template <class Visit>
  void ForEachChangeAfter(Date date, Visit&& visit) const {
    if (const auto* few = std::get_if<Few>(&changes_)) {
      for (const Change& change : *few) {
        if (change.date > date && change.amount() != 0) visit(change.date, change.amount());
      }
    } else {
      std::get<Apart<TimelineTree>>(changes_).value().ForEachChangeAfter(date, visit);
    }
  }

  // Returns whether there are no more changes than of most documents; only such a timeline has bytes (byte_codec.h).
  bool is_short() const { return std::holds_alternative<Few>(changes_); }
  template <class Archive>
  void Describe(Archive& archive) {
    for (Change& change : std::get<Few>(changes_)) archive(change.date, change.upper, change.lower);
  }

  // Returns whether the value is the same on every day.
  friend bool operator==(const Timeline& a, const Timeline& b) { return a.Changes() == b.Changes(); }

 private:
  // The amount in 96 bits: as a Sum it would make every record of the books half as large again.
  struct Change {
    Change() : Change(Date(), 0) {}
    Change(Date day, Sum amount)
        : date(day), upper(static_cast<int32_t>(absl::Int128High64(amount))), lower(absl::Int128Low64(amount)) {}
    Sum amount() const { return absl::MakeInt128(upper, lower); }

    Date date;
    int32_t upper;
    uint64_t lower;
  };
  static_assert(sizeof(Change) == 16);
  // Ascending by date; what is not used is zero and comes last. Most documents change twice: issued and paid, received
  // and applied.
  using Few = std::array<Change, 2>;

  // Returns whether the change found room there.
  static bool AddTo(Few& few, Date date, Sum change);
  std::vector<std::pair<Date, Sum>> Changes() const;
  template <class Beats>
  static Extreme ExtremeFrom(const Few& few, Date date, Beats beats);

  std::variant<Few, Apart<TimelineTree>> changes_;
};

}  // namespace duebook
