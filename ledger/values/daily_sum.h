// A sum of changes by day, of which only its value on a day is asked for, mostly one of the latest: what a Timeline is
// to documents, without knowing its extremes, and so several times cheaper to keep up.

#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

class DailySum {
 public:
  // Adds a change from this day on. Cost: by the days behind it that have a change.
  void Add(Date date, Sum change) {
    total_ += change;
    auto place = changes_.end();
    while (place != changes_.begin() && std::prev(place)->first > date) --place;
    if (place != changes_.begin() && std::prev(place)->first == date) {
      std::prev(place)->second += change;
    } else {
      changes_.insert(place, {date, change});
    }
  }

  // Returns the value at the end of a day. Cost: likewise.
  Sum At(Date date) const {
    Sum value = total_;
    for (auto place = changes_.rbegin(); place != changes_.rend() && place->first > date; ++place) {
      value -= place->second;
    }
    return value;
  }

 private:
  Sum total_ = 0;
  std::vector<std::pair<Date, Sum>> changes_;  // ascending by day, each day once
};

}  // namespace duebook
