// What a cut sees of shipments: which of them stand, how much of each was kept, and the live invoices that they belong
// to.

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

class ShipmentStates {
 public:
  // The history has the part kShipments. Cost: a pass over shipments and what became of them.
  ShipmentStates(const History& history, const Cut& cut);

  // Returns whether the cut sees the shipment, and none that reverses it.
  bool Stands(uint32_t shipment) const { return stands_[shipment]; }
  // Returns what did not come back of it.
  Sum Kept(uint32_t shipment) const { return kept_[shipment]; }
  // Returns the items of invoices that are not void and belong to it, ascending: either names the other.
  std::vector<uint32_t> InvoicesOf(uint32_t shipment) const;
  bool IsInvoiced(uint32_t shipment) const;

 private:
  std::vector<bool> stands_;                             // by shipment
  std::vector<Sum> kept_;                                // likewise
  std::vector<std::pair<uint32_t, uint32_t>> invoiced_;  // shipment and item, ascending
};

}  // namespace duebook
