#include "projections/history/salespeople.h"

namespace duebook {

Salespeople::Salespeople(const History& history, const Cut& cut)
    : history_(&history), of_customers_(history, cut, kSalespersonAttribute) {}

std::string_view Salespeople::Of(uint32_t item) const {
  const uint32_t own = history_->items.salesperson[item];
  if (own != 0) return history_->people.name[own];
  return OfCustomer(history_->items.customer[item], history_->items.date[item]);
}

}  // namespace duebook
