// Grouping: the rows of a report's sums. Items fall into groups by customer, by an attribute or by neither, and always
// apart by currency, since currencies are never added together.

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
#include "projections/history/customer_attribute.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/shared/group_key.h"
#include "projections/shared/projection.h"
#include "projections/shared/report.h"

namespace duebook {

// The figures of one group, in the order of the report's columns.
using GroupSums = std::vector<Sum>;

class Grouping {
 public:
  // By what `request.by` says, and by customer within it if `request.by_customer_too` says so; by customer, if it says
  // nothing. The history must outlive the grouping. Errors as GroupKey::Make.
  static Result<Grouping> Make(const ReportRequest& request, const History& history, const Cut& cut);

  // The same grouping, as yet without a group.
  Grouping WithoutGroups() const { return Grouping(column_, *history_, cut_, key_of_, names_); }
  // The number of the item's group; new groups take the next number.
  uint32_t GroupOf(uint32_t item) {
    const uint32_t key = KeyOf(item);
    const Currency currency = history_->items.currency[item];
    const NumberedGroup newest = key < newest_group_.size() ? newest_group_[key] : NumberedGroup();
    const bool is_it = newest.number != kNone && newest.currency == currency;
    return is_it ? newest.number : FindOrAddGroup(item, key, currency);
  }
  // The first item of which the group was asked for.
  uint32_t FirstItemOf(uint32_t group) const { return first_item_[group]; }
  size_t size() const { return currency_.size(); }
  // The groups' numbers in order of key, then currency.
  std::vector<uint32_t> Sorted() const;

  Currency currency(uint32_t group) const { return currency_[group]; }
  // The columns that say which group a row is: "customer" and "currency", "region" and "currency", "currency", or
  // "customer", "region" and "currency"; and their cells.
  std::vector<Column> KeyColumns() const;
  void AppendKeyCells(uint32_t group, Row* row) const;
  // What a customer that is a group is called, as the last column and cell of its rows. Of other groups, nothing.
  void AddNameColumn(Report* report) const;
  void AddName(uint32_t group, Row* row) const;
  // Returns the report with the columns that say which group a row is, the figures, and of customers their names; and a
  // row for each group, in the order of Sorted: `sums` has the figures of each.
  Report MakeReport(std::string name, const std::vector<Column>& figures, const std::vector<GroupSums>& sums) const;

 private:
  Grouping(std::string column, const History& history, const Cut& cut, std::shared_ptr<const GroupKey> key_of,
           std::shared_ptr<const CustomerAttribute> names)
      : column_(std::move(column)),
        history_(&history),
        cut_(cut),
        key_of_(std::move(key_of)),
        names_(std::move(names)) {}
  static constexpr uint32_t kNone = UINT32_MAX;
  struct NumberedGroup {
    uint32_t number = kNone;
    Currency currency;
  };

  uint32_t KeyOf(uint32_t item) {
    if (key_of_ != nullptr) return KeyByAttribute(item);
    return ByCustomer() ? history_->items.customer[item] : 0;
  }
  uint32_t KeyByAttribute(uint32_t item);
  uint32_t FindOrAddGroup(uint32_t item, uint32_t key, Currency currency);
  bool ByCustomer() const { return names_ != nullptr; }
  uint32_t CustomerOf(uint32_t group) const;  // if it is by customer
  // "" if it is by no customer, or by no key.
  std::string_view CustomerText(uint32_t group) const;
  std::string_view KeyText(uint32_t group) const;

  std::string column_;  // of the key
  const History* history_;
  Cut cut_;
  std::shared_ptr<const GroupKey> key_of_;          // null unless it is by one
  std::shared_ptr<const CustomerAttribute> names_;  // null unless it is by customer
  // Groups of one key are a short list, one for each currency.
  std::vector<NumberedGroup> newest_group_;  // by key; nearly all have one group, and are done with it
  std::vector<uint32_t> next_group_, key_, first_item_;
  std::vector<Currency> currency_;
  std::vector<std::string_view> keys_;  // by their number
  std::unordered_map<std::string_view, uint32_t> key_number_;
  std::vector<std::pair<uint32_t, uint32_t>> pairs_;  // of a customer and a key, if it is by both; by their number
  std::unordered_map<uint64_t, uint32_t> pair_number_;
};

}  // namespace duebook
