#include "projections/shared/grouping.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "projections/shared/totals.h"

namespace duebook {

Result<Grouping> Grouping::Make(const ReportRequest& request, const History& history, const Cut& cut) {
  if (request.by.empty() || request.by == "customer") return Grouping(By::kCustomer, history, nullptr);
  if (request.by == "salesperson") {
    return Grouping(By::kSalesperson, history, std::make_shared<const Salespeople>(history, cut));
  }
  if (request.by == "currency") return Grouping(By::kCurrency, history, nullptr);
  return Error{ErrorCode::kInvalidArgument, "this report cannot be grouped by " + request.by,
               "group by customer, salesperson or currency"};
}

uint32_t Grouping::KeyOf(uint32_t item) {
  if (by_ == By::kCurrency) return 0;
  if (by_ == By::kCustomer) return history_->items.customer[item];
  const std::string_view name = salespeople_of_->Of(item);
  const auto [entry, added] = salesperson_key_.emplace(name, static_cast<uint32_t>(salespeople_.size()));
  if (added) salespeople_.push_back(name);
  return entry->second;
}

uint32_t Grouping::GroupOf(uint32_t item) {
  constexpr uint32_t kNone = UINT32_MAX;
  const uint32_t key = KeyOf(item);
  if (key >= first_group_.size()) first_group_.resize(key + 1, kNone);
  const Currency currency = history_->items.currency[item];
  for (uint32_t group = first_group_[key]; group != kNone; group = next_group_[group]) {
    if (currency_[group] == currency) return group;
  }
  const auto added = static_cast<uint32_t>(currency_.size());
  key_.push_back(key);
  first_item_.push_back(item);
  currency_.push_back(currency);
  next_group_.push_back(first_group_[key]);
  first_group_[key] = added;
  return added;
}

std::string_view Grouping::KeyText(uint32_t group) const {
  if (by_ == By::kCurrency) return "";
  return by_ == By::kCustomer ? history_->customers.id[key_[group]] : salespeople_[key_[group]];
}

std::vector<uint32_t> Grouping::Sorted() const {
  std::vector<uint32_t> groups(size());
  std::iota(groups.begin(), groups.end(), 0U);
  std::vector<std::string> codes;
  for (const Currency currency : currency_) codes.push_back(currency.ToString());
  std::sort(groups.begin(), groups.end(), [&](uint32_t a, uint32_t b) {
    return std::tuple(KeyText(a), std::string_view(codes[a])) < std::tuple(KeyText(b), std::string_view(codes[b]));
  });
  return groups;
}

std::vector<Column> Grouping::Columns() const {
  if (by_ == By::kCurrency) return {{"currency"}};
  return {{by_ == By::kCustomer ? "customer" : "salesperson"}, {"currency"}};
}

Row Grouping::Cells(uint32_t group) const {
  if (by_ == By::kCurrency) return {currency_[group].ToString()};
  return {std::string(KeyText(group)), currency_[group].ToString()};
}

void Grouping::AddRows(const std::vector<GroupSums>& sums, Report* report) const {
  report->rows.reserve(size());
  for (const uint32_t group : Sorted()) {
    Row& row = report->rows.emplace_back();
    row.reserve(report->columns.size());
    for (Cell& cell : Cells(group)) row.push_back(std::move(cell));
    AppendMoney(sums[group], currency_[group], &row);
  }
  AddTotals(report);
}

}  // namespace duebook
