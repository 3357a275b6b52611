// What the terms of invoices let off for paying early.

#pragma once

#include <cstdint>
#include <unordered_map>

#include "ledger/values/cut.h"
#include "ledger/values/payment_terms.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/history.h"

namespace duebook {

class InvoiceDiscounts {
 public:
  // By an invoice's own terms, or else by those of its customer on its day, as they were known when it was recorded.
  // The history must outlive it, and has HistoryPart::kFacts. Cost: a pass over attributes and facts.
  InvoiceDiscounts(const History& history, const Cut& cut);

  // Returns the rate that a payment of this day earns, of what is settled, in parts of a million; 0 if it earns none.
  int64_t Of(uint32_t invoice, Date payment) const;

 private:
  const History& history_;
  const CustomerAttribute terms_;
  std::unordered_map<uint32_t, EarlyDiscounts> of_rows_;   // of attributes, that say terms with discounts
  std::unordered_map<uint32_t, EarlyDiscounts> of_items_;  // that have terms of their own
};

}  // namespace duebook
