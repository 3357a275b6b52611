#include "projections/history/salespeople.h"

namespace duebook {

Salespeople::Salespeople(const History& history, const Cut& cut)
    : history_(&history), assignments_(history.customers.seq.size()) {
  const History::Assignments& rows = history.assignments;
  const size_t known = RowsKnown(rows.seq, cut.known);
  for (uint32_t row = 0; row < known; ++row) {
    if (rows.date[row] <= cut.effective) assignments_[rows.customer[row]].push_back(row);
  }
}

std::string_view Salespeople::Of(uint32_t item) const {
  const uint32_t own = history_->items.salesperson[item];
  if (own != 0) return history_->people.name[own];
  return OfCustomer(history_->items.customer[item], history_->items.date[item]);
}

std::string_view Salespeople::OfCustomer(uint32_t customer, Date date) const {
  const History::Assignments& rows = history_->assignments;
  const uint32_t* last = nullptr;
  for (const uint32_t& row : assignments_[customer]) {
    if (rows.date[row] <= date && (last == nullptr || rows.date[row] >= rows.date[*last])) last = &row;
  }
  return last == nullptr ? std::string_view() : history_->people.name[rows.salesperson[*last]];
}

}  // namespace duebook
