// Who the salesperson of a document is: the invoice's own if it names one, else the customer's on the document's date,
// as the cut knows it; that of a payment or credit note is the customer's.

#pragma once

#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

class Salespeople {
 public:
  // The history must outlive it. Cost: one pass over the history's assignments.
  Salespeople(const History& history, const Cut& cut);

  // That of an item of the history. "" if there is none.
  std::string_view Of(uint32_t item) const;
  // The customer's on this day. "" if there is none.
  std::string_view OfCustomer(uint32_t customer, Date date) const;

 private:
  const History* history_;
  std::vector<std::vector<uint32_t>> assignments_;  // by customer: rows of the history, in order of seq
};

}  // namespace duebook
