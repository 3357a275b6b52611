// What rows are grouped by, beside customers and currencies: the salesperson of a document, or any other attribute of
// customers.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "ledger/values/result.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/history.h"
#include "projections/history/salespeople.h"

namespace duebook {

struct ReportRequest;

class GroupKey {
 public:
  // By what `request.by` says. Null if rows are grouped by customer, by currency or not at all, which no attribute
  // says. The history must outlive it; of salespeople, it has the part kSalespeople. kInvalidArgument: it is an
  // attribute that no customer of the log has, be it one that the report is asked for or not.
  static Result<std::shared_ptr<const GroupKey>> Make(const ReportRequest& request, const History& history,
                                                      const Cut& cut);

  // Returns the salesperson of an item of the history, or the attribute of its customer at the cut. "" if there is
  // none.
  std::string_view OfItem(uint32_t item) const;
  // Returns the customer's salesperson on this day, or the attribute at the cut. "" if there is none.
  std::string_view OfCustomer(uint32_t customer, Date date) const;

 private:
  GroupKey(const History& history, std::variant<Salespeople, CustomerAttribute> of)
      : history_(&history), of_(std::move(of)) {}

  const History* history_;
  std::variant<Salespeople, CustomerAttribute> of_;
};

}  // namespace duebook
