#include "projections/history/shipment_states.h"

#include <algorithm>

namespace duebook {

ShipmentStates::ShipmentStates(const History& history, const Cut& cut)
    : stands_(history.shipments.seq.size()), kept_(stands_.size()) {
  for (uint32_t shipment = 0; shipment < stands_.size(); ++shipment) {
    stands_[shipment] = cut.Sees(history.shipments.date[shipment], history.shipments.seq[shipment]);
    kept_[shipment] = history.shipments.amount[shipment];
  }
  // Visits what is known and dated by the cut of a table that tells what became of shipments or invoices.
  const auto for_each_seen = [&](const auto& table, auto&& visit) {
    const size_t rows = RowsKnown(table.seq, cut.known);
    for (size_t row = 0; row < rows; ++row) {
      if (table.date[row] <= cut.effective) visit(row);
    }
  };
  for_each_seen(history.shipment_reversals,
                [&](size_t row) { stands_[history.shipment_reversals.shipment[row]] = false; });
  for_each_seen(history.returns,
                [&](size_t row) { kept_[history.returns.shipment[row]] -= history.returns.amount[row]; });
  std::vector<bool> is_void(history.items.seq.size());
  for_each_seen(history.voids, [&](size_t row) { is_void[history.voids.item[row]] = true; });
  const History::InvoicedShipments& matches = history.invoiced_shipments;
  for_each_seen(matches, [&](size_t row) {
    if (!is_void[matches.item[row]]) invoiced_.emplace_back(matches.shipment[row], matches.item[row]);
  });
  std::sort(invoiced_.begin(), invoiced_.end());
  invoiced_.erase(std::unique(invoiced_.begin(), invoiced_.end()), invoiced_.end());
}

std::vector<uint32_t> ShipmentStates::InvoicesOf(uint32_t shipment) const {
  std::vector<uint32_t> invoices;
  for (auto match = std::lower_bound(invoiced_.begin(), invoiced_.end(), std::pair(shipment, uint32_t{0}));
       match != invoiced_.end() && match->first == shipment; ++match) {
    invoices.push_back(match->second);
  }
  return invoices;
}

bool ShipmentStates::IsInvoiced(uint32_t shipment) const {
  const auto match = std::lower_bound(invoiced_.begin(), invoiced_.end(), std::pair(shipment, uint32_t{0}));
  return match != invoiced_.end() && match->first == shipment;
}

}  // namespace duebook
