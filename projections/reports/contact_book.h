// The contacts with customers that a cut sees, and which of them was the last.

#pragma once

#include <cstdint>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

class ContactBook {
 public:
  // The history must outlive it, and has the part kFacts. Cost: a pass over its facts.
  ContactBook(const History& history, const Cut& cut);

  // The rows of the history's facts that are contacts, in order of seq: those that are reversed are left out. What the
  // columns of such a fact mean stands in ledger/events/contact_logged.cc.
  const std::vector<uint32_t>& rows() const { return rows_; }

  // Returns the row of the customer's last contact by date, then seq; kNoItem if there was none.
  uint32_t LastOf(uint32_t customer) const { return last_[customer]; }

 private:
  std::vector<uint32_t> rows_;
  std::vector<uint32_t> last_;  // by customer
};

}  // namespace duebook
