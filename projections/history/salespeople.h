// Who the salesperson of a document is: the invoice's own if it names one, else the customer's on the document's date,
// as the cut knows it; that of a payment or credit note is the customer's.

#pragma once

#include <cstdint>
#include <string_view>

#include "ledger/values/cut.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/history.h"

namespace duebook {

class Salespeople {
 public:
  // The history must outlive it. Cost: one pass over the history's attributes.
  Salespeople(const History& history, const Cut& cut);

  // Returns that of an item of the history. "" if there is none.
  std::string_view Of(uint32_t item) const;
  // Returns the customer's on this day. "" if there is none.
  std::string_view OfCustomer(uint32_t customer, Date date) const { return of_customers_.On(customer, date); }

 private:
  const History* history_;
  CustomerAttribute of_customers_;
};

}  // namespace duebook
