// Cash that promises to pay take from, the oldest first: the payments of one customer, or the applications to one
// invoice.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// Every question costs the logarithm of the pool's size, and cash that is used up is never looked at again.
class CashPool {
 public:
  struct Cash {
    uint64_t seq = 0;
    Date date;
    uint32_t payment = 0;  // the item that it is, or that it was applied from
    Minor left = 0;        // not yet taken
  };

  // In any order. To be called before all that follows.
  void Add(const Cash& cash) { cash_.push_back(cash); }
  // Puts the cash in order of date, then seq.
  void Close();

  size_t size() const { return cash_.size(); }
  const Cash& at(size_t place) const { return cash_[place]; }

  // The first place from this one, or from this day, on that has something left; size() if none has.
  size_t NextLeft(size_t place);
  size_t FirstLeft(Date from) { return NextLeft(PlaceOf(from)); }
  // Returns what is left of these days, both included.
  Sum LeftBetween(Date first, Date last) const;

  // Lowers what is left at a place.
  void Lower(size_t place, Minor left);

 private:
  size_t PlaceOf(Date date) const;  // of the first that is not before this day
  Sum LeftBefore(size_t place) const;

  std::vector<Cash> cash_;
  std::vector<Sum> sums_;     // a Fenwick tree of what is left: [i - 1] is the sum of the i & -i places before i
  std::vector<size_t> next_;  // of each place with nothing left, one behind it; of others, itself
};

}  // namespace duebook
