#include "projections/history/customer_attribute.h"

#include <numeric>

namespace duebook {

CustomerAttribute::CustomerAttribute(const History& history, const Cut& cut, std::string_view name)
    : history_(&history), day_(cut.effective), first_(history.customers.seq.size() + 1) {
  size_t attribute = 0;
  while (attribute < history.attribute_names.name.size() && history.attribute_names.name[attribute] != name)
    ++attribute;
  const History::Attributes& attributes = history.attributes;
  const auto known = static_cast<uint32_t>(RowsKnown(attributes.seq, cut.known));
  const auto for_each_seen = [&](const auto& visit) {
    for (uint32_t row = 0; row < known; ++row) {
      const bool is_seen = attributes.attribute[row] == attribute && attributes.date[row] <= cut.effective;
      if (is_seen) visit(row, attributes.customer[row]);
    }
  };
  for_each_seen([&](uint32_t, uint32_t customer) { first_[customer + 1]++; });
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  rows_.resize(first_.back());
  std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
  for_each_seen([&](uint32_t row, uint32_t customer) { rows_[next[customer]++] = row; });
}

std::string_view CustomerAttribute::On(uint32_t customer, Date day) const {
  const auto row = RowOn(customer, day);
  return row.has_value() ? history_->attributes.value[*row] : std::string_view();
}

std::optional<uint32_t> CustomerAttribute::RowOn(uint32_t customer, Date day, uint64_t before) const {
  const History::Attributes& attributes = history_->attributes;
  std::optional<uint32_t> last;
  for (uint32_t i = first_[customer]; i < first_[customer + 1]; ++i) {
    const uint32_t row = rows_[i];
    if (attributes.seq[row] >= before) break;
    const Date date = attributes.date[row];
    if (date <= day && (!last.has_value() || date >= attributes.date[*last])) last = row;
  }
  return last;
}

}  // namespace duebook
