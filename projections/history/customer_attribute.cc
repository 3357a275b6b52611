#include "projections/history/customer_attribute.h"

namespace duebook {

std::vector<uint32_t> RowsOfAttribute(const History& history, const Cut& cut, std::string_view name) {
  std::vector<uint32_t> rows;
  size_t attribute = 0;
  while (attribute < history.attribute_names.name.size() && history.attribute_names.name[attribute] != name)
    ++attribute;
  const History::Attributes& attributes = history.attributes;
  const auto known = static_cast<uint32_t>(RowsKnown(attributes.seq, cut.known));
  for (uint32_t row = 0; row < known; ++row) {
    if (attributes.attribute[row] == attribute && attributes.date[row] <= cut.effective) rows.push_back(row);
  }
  return rows;
}

CustomerAttribute::CustomerAttribute(const History& history, const Cut& cut, std::string_view name)
    : history_(&history), day_(cut.effective), rows_(history.customers.seq.size()) {
  for (const uint32_t row : RowsOfAttribute(history, cut, name)) rows_[history.attributes.customer[row]].push_back(row);
}

std::string_view CustomerAttribute::On(uint32_t customer, Date day) const {
  const History::Attributes& attributes = history_->attributes;
  const uint32_t* last = nullptr;
  for (const uint32_t& row : rows_[customer]) {
    if (attributes.date[row] <= day && (last == nullptr || attributes.date[row] >= attributes.date[*last])) last = &row;
  }
  return last == nullptr ? std::string_view() : attributes.value[*last];
}

}  // namespace duebook
