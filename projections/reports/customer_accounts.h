// What each customer owes in each currency at a cut, with the age of the oldest invoice that is open.

#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "ledger/values/money.h"
#include "projections/history/history.h"

namespace duebook {

struct CustomerAccount {
  static constexpr int64_t kNoAge = std::numeric_limits<int64_t>::min();

  uint32_t customer = 0;
  Currency currency;
  Sum open = 0;
  Sum unapplied = 0;
  int64_t oldest = kNoAge;  // days since the first open due date; kNoAge where no invoice is open

  Sum balance() const { return open - unapplied; }
};

// The accounts by number, in the order in which they were first asked for. Cost of asking: constant, as nobody has many
// currencies.
class CustomerAccounts {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  explicit CustomerAccounts(size_t customers) : newest_(customers, kNone) {}

  // The number of the account, which is there from now on.
  uint32_t Number(uint32_t customer, Currency currency) {
    const uint32_t found = Find(customer, currency);
    if (found != kNone) return found;
    accounts_.push_back({.customer = customer, .currency = currency});
    next_.push_back(newest_[customer]);
    return newest_[customer] = static_cast<uint32_t>(accounts_.size() - 1);
  }
  // kNone if nobody asked for it before.
  uint32_t Find(uint32_t customer, Currency currency) const {
    uint32_t number = newest_[customer];
    while (number != kNone && accounts_[number].currency != currency) number = next_[number];
    return number;
  }
  // Visits the numbers of the customer's accounts.
  template <class Visit>
  void ForEachOf(uint32_t customer, Visit&& visit) const {
    for (uint32_t number = newest_[customer]; number != kNone; number = next_[number]) visit(number);
  }

  size_t size() const { return accounts_.size(); }
  CustomerAccount& operator[](uint32_t number) { return accounts_[number]; }
  const CustomerAccount& operator[](uint32_t number) const { return accounts_[number]; }

 private:
  std::vector<CustomerAccount> accounts_;
  std::vector<uint32_t> next_;    // of the same customer; kNone behind the last
  std::vector<uint32_t> newest_;  // by customer
};

}  // namespace duebook
