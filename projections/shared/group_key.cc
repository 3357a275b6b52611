#include "projections/shared/group_key.h"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "ledger/values/suggestion.h"

namespace duebook {

Result<std::shared_ptr<const GroupKey>> GroupKey::Make(const std::string& by, const History& history, const Cut& cut) {
  if (by.empty() || by == "customer" || by == "currency") return std::shared_ptr<const GroupKey>();
  if (by == kSalespersonAttribute) {
    return std::shared_ptr<const GroupKey>(new GroupKey(history, Salespeople(history, cut)));
  }
  std::string known = "customer, currency, salesperson";
  for (size_t i = 0; i < history.attribute_names.name.size(); ++i) {
    const std::string_view name = history.attribute_names.name[i];
    if (name == by) {
      return std::shared_ptr<const GroupKey>(new GroupKey(history, CustomerAttribute(history, cut, by)));
    }
    if (name != kSalespersonAttribute) known += fmt::format(", {}", name);
  }
  return Error{ErrorCode::kInvalidArgument, fmt::format("--by {}: no customer has such an attribute", Quoted(by)),
               fmt::format("there are {}", known)};
}

std::string_view GroupKey::OfItem(uint32_t item) const {
  const auto* salespeople = std::get_if<Salespeople>(&of_);
  return salespeople != nullptr ? salespeople->Of(item)
                                : std::get<CustomerAttribute>(of_).Of(history_->items.customer[item]);
}

std::string_view GroupKey::OfCustomer(uint32_t customer, Date date) const {
  const auto* salespeople = std::get_if<Salespeople>(&of_);
  return salespeople != nullptr ? salespeople->OfCustomer(customer, date)
                                : std::get<CustomerAttribute>(of_).Of(customer);
}

}  // namespace duebook
