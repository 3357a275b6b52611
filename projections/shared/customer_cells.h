// The last cells of a row: what its customer is called, and what rows are grouped by.

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "ledger/values/result.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/history.h"
#include "projections/shared/group_key.h"
#include "projections/shared/projection.h"
#include "projections/shared/report.h"

namespace duebook {

class CustomerCells {
 public:
  // The history must outlive it. Errors as GroupKey::Make.
  static Result<CustomerCells> Make(const ReportRequest& request, const History& history, const Cut& cut);

  // Adds the column of what rows are grouped by, if the report, which has all others, does not have it by itself.
  void AddKeyColumn(Report* report);
  // Add the cells, to a row that has all others: of an item of the history, or of a customer and what is of this day.
  void AddOfItem(uint32_t item, Row* row) const;
  void AddOfCustomer(uint32_t customer, Date date, Row* row) const;
  // Add them one by one, where the row has further cells between the two.
  void AddName(uint32_t customer, Row* row) const;
  void AddKeyOfItem(uint32_t item, Row* row) const;
  void AddKeyOfCustomer(uint32_t customer, Date date, Row* row) const;

 private:
  CustomerCells(std::string key_column, const History& history, const Cut& cut, std::shared_ptr<const GroupKey> key);

  std::string key_column_;
  const History* history_;
  CustomerAttribute names_;
  std::shared_ptr<const GroupKey> key_;  // null if rows are grouped by no attribute
};

}  // namespace duebook
