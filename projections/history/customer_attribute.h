// One attribute of customers, such as their name or their salesperson, on any day.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

// Returns the rows of the history's attributes that say this one, as far as the cut sees them, in order of seq.
std::vector<uint32_t> RowsOfAttribute(const History& history, const Cut& cut, std::string_view name);

class CustomerAttribute {
 public:
  // The history must outlive it. Cost: one pass over the history's attributes.
  CustomerAttribute(const History& history, const Cut& cut, std::string_view name);

  // Returns what it is of a customer at the cut; or on a day up to the cut's, as the cut knows it. "" if nobody said.
  std::string_view Of(uint32_t customer) const { return On(customer, day_); }
  std::string_view On(uint32_t customer, Date day) const;

 private:
  const History* history_;
  Date day_;
  std::vector<std::vector<uint32_t>> rows_;  // by customer: rows of the history's attributes, in order of seq
};

}  // namespace duebook
