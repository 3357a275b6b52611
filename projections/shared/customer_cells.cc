#include "projections/shared/customer_cells.h"

#include <algorithm>
#include <utility>

namespace duebook {

Result<CustomerCells> CustomerCells::Make(const ReportRequest& request, const History& history, const Cut& cut) {
  auto key = GroupKey::Make(request, history, cut);
  RETURN_IF_ERROR(key);
  return CustomerCells(request.by_column, history, cut, std::move(*key));
}

CustomerCells::CustomerCells(std::string key_column, const History& history, const Cut& cut,
                             std::shared_ptr<const GroupKey> key)
    : key_column_(std::move(key_column)),
      history_(&history),
      names_(history, cut, kNameAttribute),
      key_(std::move(key)) {}

void CustomerCells::AddKeyColumn(Report* report) {
  const bool is_there = std::any_of(report->columns.begin(), report->columns.end(),
                                    [&](const Column& column) { return column.name == key_column_; });
  if (is_there) key_ = nullptr;  // the report tells it of each of its rows, however they are grouped
  if (key_ != nullptr) report->columns.push_back({key_column_});
}

void CustomerCells::AddOfItem(uint32_t item, Row* row) const {
  AddName(history_->items.customer[item], row);
  AddKeyOfItem(item, row);
}

void CustomerCells::AddOfCustomer(uint32_t customer, Date date, Row* row) const {
  AddName(customer, row);
  AddKeyOfCustomer(customer, date, row);
}

void CustomerCells::AddName(uint32_t customer, Row* row) const { row->emplace_back(std::string(names_.Of(customer))); }

void CustomerCells::AddKeyOfItem(uint32_t item, Row* row) const {
  if (key_ != nullptr) row->emplace_back(std::string(key_->OfItem(item)));
}

void CustomerCells::AddKeyOfCustomer(uint32_t customer, Date date, Row* row) const {
  if (key_ != nullptr) row->emplace_back(std::string(key_->OfCustomer(customer, date)));
}

}  // namespace duebook
