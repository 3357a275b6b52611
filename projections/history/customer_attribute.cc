#include "projections/history/customer_attribute.h"

namespace duebook {

CustomerAttribute::CustomerAttribute(const History& history, const Cut& cut, std::string_view name)
    : history_(&history), day_(cut.effective), rows_(history.customers.seq.size()) {
  size_t attribute = 0;
  while (attribute < history.attribute_names.name.size() && history.attribute_names.name[attribute] != name)
    ++attribute;
  const History::Attributes& attributes = history.attributes;
  const auto known = static_cast<uint32_t>(RowsKnown(attributes.seq, cut.known));
  for (uint32_t row = 0; row < known; ++row) {
    const bool is_seen = attributes.attribute[row] == attribute && attributes.date[row] <= cut.effective;
    if (is_seen) rows_[attributes.customer[row]].push_back(row);
  }
}

std::string_view CustomerAttribute::On(uint32_t customer, Date day) const {
  const auto row = RowOn(customer, day);
  return row.has_value() ? history_->attributes.value[*row] : std::string_view();
}

std::optional<uint32_t> CustomerAttribute::RowOn(uint32_t customer, Date day, uint64_t before) const {
  const History::Attributes& attributes = history_->attributes;
  std::optional<uint32_t> last;
  for (const uint32_t row : rows_[customer]) {
    if (attributes.seq[row] >= before) break;
    const Date date = attributes.date[row];
    if (date <= day && (!last.has_value() || date >= attributes.date[*last])) last = row;
  }
  return last;
}

}  // namespace duebook
