#include "projections/shared/grouping.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "ledger/values/check.h"
#include "ledger/values/in_parallel.h"
#include "projections/shared/totals.h"

namespace duebook {

Result<Grouping> Grouping::Make(const ReportRequest& request, const History& history, const Cut& cut) {
  auto key = GroupKey::Make(request, history, cut);
  RETURN_IF_ERROR(key);
  const bool by_customer = request.by.empty() || request.by == "customer" || request.by_customer_too;
  const auto names = by_customer ? std::make_shared<const CustomerAttribute>(history, cut, kNameAttribute) : nullptr;
  return Grouping(request.by_column, history, cut, std::move(*key), names);
}

uint32_t Grouping::KeyByAttribute(uint32_t item) {
  const std::string_view text = key_of_->OfItem(item);
  const auto [key, key_added] = key_number_.emplace(text, static_cast<uint32_t>(keys_.size()));
  if (key_added) keys_.push_back(text);
  if (!ByCustomer()) return key->second;
  const uint32_t customer = history_->items.customer[item];
  const uint64_t both = uint64_t{customer} << 32 | key->second;
  const auto [pair, pair_added] = pair_number_.emplace(both, static_cast<uint32_t>(pairs_.size()));
  if (pair_added) pairs_.emplace_back(customer, key->second);
  return pair->second;
}

uint32_t Grouping::FindOrAddGroup(uint32_t item, uint32_t key, Currency currency) {
  if (key >= newest_group_.size()) newest_group_.resize(key + 1);
  for (uint32_t group = newest_group_[key].number; group != kNone; group = next_group_[group]) {
    if (currency_[group] == currency) return group;
  }
  const auto added = static_cast<uint32_t>(currency_.size());
  key_.push_back(key);
  first_item_.push_back(item);
  currency_.push_back(currency);
  next_group_.push_back(newest_group_[key].number);
  newest_group_[key] = {added, currency};
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
  std::vector<std::tuple<std::string_view, std::string_view, std::string, uint32_t>> sorted;
  sorted.reserve(size());
  for (uint32_t group = 0; group < size(); group++) {
    sorted.emplace_back(CustomerText(group), KeyText(group), currency_[group].ToString(), group);
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<uint32_t> groups;
  groups.reserve(size());
  for (const auto& [customer, key, currency, group] : sorted) groups.push_back(group);
  return groups;
}

std::vector<Column> Grouping::KeyColumns() const {
  std::vector<Column> columns;
  if (ByCustomer()) columns.push_back({"customer"});
  if (key_of_ != nullptr) columns.push_back({column_});
  columns.push_back({"currency"});
  return columns;
}

void Grouping::AppendKeyCells(uint32_t group, Row* row) const {
  if (ByCustomer()) row->emplace_back(std::string(CustomerText(group)));
  if (key_of_ != nullptr) row->emplace_back(std::string(KeyText(group)));
  row->emplace_back(currency_[group].ToString());
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
  report.rows.resize(size());
  const std::vector<uint32_t> sorted = Sorted();
  constexpr size_t kRowsOfPiece = 1024;  // which one thread makes at a time
  const auto make = [&](size_t piece) {
    const size_t end = std::min(size(), (piece + 1) * kRowsOfPiece);
    for (size_t i = piece * kRowsOfPiece; i < end; i++) {
      Row& row = report.rows[i];
      row.reserve(report.columns.size());
      AppendKeyCells(sorted[i], &row);
      AppendMoney(sums[sorted[i]], currency_[sorted[i]], &row);
      AddName(sorted[i], &row);
    }
    return Status();
  };
  CHECK(InParallel((size() + kRowsOfPiece - 1) / kRowsOfPiece, make).ok());
  return report;
}

}  // namespace duebook
