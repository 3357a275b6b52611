#include "projections/shared/grouping.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "projections/shared/totals.h"

namespace duebook {

Result<Grouping> Grouping::Make(const ReportRequest& request, const History& history, const Cut& cut) {
  auto key = GroupKey::Make(request, history, cut);
  RETURN_IF_ERROR(key);
  const bool by_customer = request.by.empty() || request.by == "customer" || request.by_customer_too;
  const auto names = by_customer ? std::make_shared<const CustomerAttribute>(history, cut, kNameAttribute) : nullptr;
  return Grouping(request.by_column, history, cut, std::move(*key), names);
}

uint32_t Grouping::KeyOf(uint32_t item) {
  const uint32_t customer = history_->items.customer[item];
  if (key_of_ == nullptr) return ByCustomer() ? customer : 0;
  const std::string_view text = key_of_->OfItem(item);
  const auto [key, key_added] = key_number_.emplace(text, static_cast<uint32_t>(keys_.size()));
  if (key_added) keys_.push_back(text);
  if (!ByCustomer()) return key->second;
  const uint64_t both = uint64_t{customer} << 32 | key->second;
  const auto [pair, pair_added] = pair_number_.emplace(both, static_cast<uint32_t>(pairs_.size()));
  if (pair_added) pairs_.emplace_back(customer, key->second);
  return pair->second;
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

uint32_t Grouping::CustomerOf(uint32_t group) const {
  return key_of_ == nullptr ? key_[group] : pairs_[key_[group]].first;
}

std::string_view Grouping::CustomerText(uint32_t group) const {
  return ByCustomer() ? history_->customers.id[CustomerOf(group)] : std::string_view();
}

std::string_view Grouping::KeyText(uint32_t group) const {
  if (key_of_ == nullptr) return "";
  return keys_[ByCustomer() ? pairs_[key_[group]].second : key_[group]];
}

std::vector<uint32_t> Grouping::Sorted() const {
  std::vector<uint32_t> groups(size());
  std::iota(groups.begin(), groups.end(), 0U);
  std::vector<std::string> codes;
  for (const Currency currency : currency_) codes.push_back(currency.ToString());
  std::sort(groups.begin(), groups.end(), [&](uint32_t a, uint32_t b) {
    return std::tuple(CustomerText(a), KeyText(a), std::string_view(codes[a])) <
           std::tuple(CustomerText(b), KeyText(b), std::string_view(codes[b]));
  });
  return groups;
}

std::vector<Column> Grouping::KeyColumns() const {
  std::vector<Column> columns;
  if (ByCustomer()) columns.push_back({"customer"});
  if (key_of_ != nullptr) columns.push_back({column_});
  columns.push_back({"currency"});
  return columns;
}

Row Grouping::KeyCells(uint32_t group) const {
  Row cells;
  if (ByCustomer()) cells.emplace_back(std::string(CustomerText(group)));
  if (key_of_ != nullptr) cells.emplace_back(std::string(KeyText(group)));
  cells.emplace_back(currency_[group].ToString());
  return cells;
}

void Grouping::AddNameColumn(Report* report) const {
  if (names_ != nullptr) report->columns.push_back({"name"});
}

void Grouping::AddName(uint32_t group, Row* row) const {
  if (names_ != nullptr) row->emplace_back(std::string(names_->Of(CustomerOf(group))));
}

Report Grouping::MakeReport(std::string name, const std::vector<Column>& figures,
                            const std::vector<GroupSums>& sums) const {
  Report report{std::move(name), cut_, KeyColumns(), {}, {}, {}};
  report.columns.insert(report.columns.end(), figures.begin(), figures.end());
  AddNameColumn(&report);
  report.rows.reserve(size());
  for (const uint32_t group : Sorted()) {
    Row& row = report.rows.emplace_back();
    row.reserve(report.columns.size());
    for (Cell& cell : KeyCells(group)) row.push_back(std::move(cell));
    AppendMoney(sums[group], currency_[group], &row);
    AddName(group, &row);
  }
  return report;
}

}  // namespace duebook
