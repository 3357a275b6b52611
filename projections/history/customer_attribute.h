// One attribute of customers, such as their name or their salesperson, on any day.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

class CustomerAttribute {
 public:
  // The history must outlive it. Cost: one pass over the history's attributes.
  CustomerAttribute(const History& history, const Cut& cut, std::string_view name);

  // Returns what it is of a customer at the cut; or on a day up to the cut's, as the cut knows it. "" if nobody said.
  std::string_view Of(uint32_t customer) const { return On(customer, day_); }
  std::string_view On(uint32_t customer, Date day) const;
  // Returns the row of the history's attributes that says so, by what was recorded before event `before`; of several
  // said for one day, the last. Nothing if nobody said.
  std::optional<uint32_t> RowOn(uint32_t customer, Date day, uint64_t before = UINT64_MAX) const;

 private:
  const History* history_;
  Date day_;
  std::vector<uint32_t> first_;  // by customer: place in rows_; and behind the last customer, their number
  std::vector<uint32_t> rows_;   // of the history's attributes: by customer, then in order of seq
};

}  // namespace duebook
