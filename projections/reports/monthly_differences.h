// How much of small differences people closed, each in one currency and one calendar month: what tolerance policies
// limit.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

class MonthlyDifferences {
 public:
  void Add(std::string_view person, Date day, Currency currency, Sum amount) {
    sums_[KeyOf(person, day, currency)] += amount;
  }
  // Returns what was added of the month in which the day lies.
  Sum InMonthOf(std::string_view person, Date day, Currency currency) const {
    const auto sum = sums_.find(KeyOf(person, day, currency));
    return sum == sums_.end() ? Sum{0} : sum->second;
  }

 private:
  using Key = std::tuple<std::string, int, int, Currency>;  // with year and month

  static Key KeyOf(std::string_view person, Date day, Currency currency) {
    return {std::string(person), day.year(), day.month(), currency};
  }

  std::map<Key, Sum> sums_;
};

}  // namespace duebook
