#include "projections/shared/group_key.h"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "ledger/values/suggestion.h"
#include "projections/shared/projection.h"

namespace duebook {

namespace {

bool HasAttribute(const History& history, std::string_view attribute) {
  const auto& names = history.attribute_names.name;
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == attribute) return true;
  }
  return false;
}

Error NoSuchAttribute(const std::string& by, const History& history) {
  std::string known = "customer, currency, salesperson";
  for (size_t i = 0; i < history.attribute_names.name.size(); ++i) {
    const std::string_view name = history.attribute_names.name[i];
    if (name != kSalespersonAttribute) known += fmt::format(", {}", name);
  }
  return {ErrorCode::kInvalidArgument, fmt::format("--by {}: no customer has such an attribute", Quoted(by)),
          fmt::format("there are {}", known)};
}

}  // namespace

Result<std::shared_ptr<const GroupKey>> GroupKey::Make(const ReportRequest& request, const History& history,
                                                       const Cut& cut) {
  const std::string& by = request.by;
  if (by.empty() || by == "customer" || by == "currency") return std::shared_ptr<const GroupKey>();
  if (by == kSalespersonAttribute) {
    return std::shared_ptr<const GroupKey>(new GroupKey(history, Salespeople(history, cut)));
  }
  if (!HasAttribute(history, by)) {
    if (request.customers.empty()) return NoSuchAttribute(by, history);
    const auto of_all = History::Load(*request.log, std::vector{HistoryPart::kFigures});
    RETURN_IF_ERROR(of_all);
    if (!HasAttribute(*of_all, by)) return NoSuchAttribute(by, *of_all);
  }
  return std::shared_ptr<const GroupKey>(new GroupKey(history, CustomerAttribute(history, cut, by)));
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
