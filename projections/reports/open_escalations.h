// The escalations that are open at a cut: from the day on which one starts to the one before it is closed. One that
// names no invoices is for all that its customer owes.

#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

class OpenEscalations {
 public:
  // The history must outlive it, and has the part kFacts. Cost: two passes over its facts.
  OpenEscalations(const History& history, const Cut& cut);

  // Returns whether any is open of the customer, for whichever invoices: shipments to it are on hold.
  bool IsOnHold(uint32_t customer) const { return (of_customer_[customer] & kAny) != 0; }
  // Returns whether any is open that the item, an invoice, is covered by.
  bool Covers(uint32_t item) const { return (Of(item) & kCovered) != 0; }
  // Returns whether an agency or a court has to do with the item: then it is not reminded.
  bool IsOutside(uint32_t item) const { return (Of(item) & kOutside) != 0; }

 private:
  enum : uint8_t { kAny = 1, kCovered = 2, kOutside = 4 };

  uint8_t Of(uint32_t item) const;

  const History* history_;
  std::vector<uint8_t> of_customer_;               // by customer: of all invoices of it, but for kAny
  std::unordered_map<uint32_t, uint8_t> of_item_;  // of those that are named
};

}  // namespace duebook
