// Grouping: the rows of a report's sums. Items fall into groups by customer, salesperson or neither, and always apart
// by currency, since currencies are never added together.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/history/salespeople.h"
#include "projections/shared/projection.h"
#include "projections/shared/report.h"

namespace duebook {

// The figures of one group, in the order of the report's columns.
using GroupSums = std::vector<Sum>;

class Grouping {
 public:
  enum class By { kCustomer, kSalesperson, kCurrency };

  // kInvalidArgument if the report cannot be grouped as `request.by` says. The history must outlive the grouping.
  static Result<Grouping> Make(const ReportRequest& request, const History& history, const Cut& cut);

  // The same grouping, as yet without a group.
  Grouping WithoutGroups() const { return Grouping(by_, *history_, salespeople_of_); }
  // The number of the item's group; new groups take the next number.
  uint32_t GroupOf(uint32_t item);
  // The first item of which the group was asked for.
  uint32_t FirstItemOf(uint32_t group) const { return first_item_[group]; }
  size_t size() const { return currency_.size(); }
  // The groups' numbers in order of key, then currency.
  std::vector<uint32_t> Sorted() const;

  Currency currency(uint32_t group) const { return currency_[group]; }
  // The columns that say which group a row is: "customer" and "currency", "salesperson" and "currency", "currency".
  std::vector<Column> Columns() const;
  // The cells of these columns.
  Row Cells(uint32_t group) const;
  // Adds a row for each group, in the order of Sorted: its cells, and its sums as money. Then adds the totals.
  void AddRows(const std::vector<GroupSums>& sums, Report* report) const;

 private:
  Grouping(By by, const History& history, std::shared_ptr<const Salespeople> salespeople)
      : by_(by), history_(&history), salespeople_of_(std::move(salespeople)) {}
  uint32_t KeyOf(uint32_t item);
  std::string_view KeyText(uint32_t group) const;

  By by_;
  const History* history_;
  std::shared_ptr<const Salespeople> salespeople_of_;  // null unless it is by them
  // Groups of one key are a short list, one for each currency.
  std::vector<uint32_t> first_group_;  // by key
  std::vector<uint32_t> next_group_, key_, first_item_;
  std::vector<Currency> currency_;
  std::vector<std::string_view> salespeople_;  // by key
  std::unordered_map<std::string_view, uint32_t> salesperson_key_;
};

}  // namespace duebook
