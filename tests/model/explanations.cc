// Explanations against the model: what the rows of `explain` add up to is the difference of the model's figures in both
// cuts; and in every report, what is summed by something adds up to its totals.

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "projections/shared/report_parameters.h"
#include "tests/model/compare.h"
#include "tests/model/simulation.h"

namespace duebook::model {

namespace {

// An explanation adds figures of one kind up; the other kinds of BalanceRow stay 0.
BalanceRow Moved(const BalanceRow& before, const BalanceRow& after) {
  BalanceRow moved;
  moved.open = after.open - before.open;
  moved.unapplied = after.unapplied - before.unapplied;
  moved.balance = after.balance - before.balance;
  return moved;
}

void AddTo(AgingRow& sum, const AgingRow& row, int sign) {
  sum.buckets.resize(row.buckets.size());
  for (size_t i = 0; i < row.buckets.size(); i++) sum.buckets[i] += sign * row.buckets[i];
  sum.unapplied += sign * row.unapplied;
  sum.disputed += sign * row.disputed;
  sum.balance += sign * row.balance;
}

// The figures of a row of which the last columns are those of an aging.
AgingRow AgingOf(const Report& report, const Row& row, size_t buckets) {
  const Cells cells(report, row);
  AgingRow aged{{}, cells.Amount("unapplied"), cells.Amount("disputed"), cells.Amount("balance")};
  size_t end = 0;
  while (report.columns[end].name != "unapplied") end++;
  for (size_t i = end - buckets; i < end; i++) {
    aged.buckets.push_back(cells.Amount(report.columns[i].name));
  }
  return aged;
}

bool MovesNothing(const AgingRow& row) { return row == AgingRow{std::vector<Wide>(row.buckets.size()), 0, 0, 0}; }

// The sum of all customers' rows.
std::map<std::string, Wide> ByCurrency(const std::map<Key, BalanceRow>& rows) {
  std::map<std::string, Wide> sums;
  for (const auto& [key, row] : rows) sums[key.second] += row.balance;
  return sums;
}

// Sums of all columns of money, by currency and column.
using Sums = std::map<std::pair<std::string, std::string>, Wide>;
Sums SumUp(const Report& report, const std::vector<Row>& rows) {
  Sums sums;
  for (const Row& row : rows) {
    for (size_t i = 0; i < row.size(); i++) {
      const auto* money = std::get_if<Money>(&row[i]);
      if (money != nullptr)
        sums[{money->currency.ToString(), report.columns[i].name}] += static_cast<Wide>(money->amount);
    }
  }
  return sums;
}

}  // namespace

Problem Simulation::CompareExplanations(const Cut& earlier, const Cut& later) const {
  Problem problem = CompareExplainedBalances(earlier, later);
  if (!problem) problem = CompareExplainedAging(earlier, later, {});
  if (!problem) problem = CompareExplainedAging(earlier, later, {{3, 7, 40}, Basis::kInvoice});
  if (!problem) return std::nullopt;
  return fmt::format("since ({}, {}): {}", earlier.effective.ToString(), earlier.known, *problem);
}

Problem Simulation::CompareExplainedBalances(const Cut& earlier, const Cut& later) const {
  ReportRequest request = RequestAt(later);
  request.before = earlier;
  const Report report = RunReport("explain", request);
  std::map<Key, BalanceRow> actual, expected, before = model_.Balance(earlier);
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    BalanceRow& moved = actual[cells.CustomerAndCurrency()];
    moved.open += cells.Amount("open");
    moved.unapplied += cells.Amount("unapplied");
    moved.balance += cells.Amount("balance");
  }
  // Whoever is in the earlier cut is in the later.
  for (const auto& [key, row] : model_.Balance(later)) expected[key] = Moved(before[key], row);
  std::map<std::string, Wide> figures;
  for (const auto& [name, cell] : report.figures) figures[name] = static_cast<Wide>(std::get<Money>(cell).amount);
  auto sums_before = ByCurrency(before);
  for (const auto& [currency, after] : ByCurrency(model_.Balance(later))) {
    for (const auto& [name, sum] : {std::pair(currency + " balance before", sums_before[currency]),
                                    std::pair(currency + " balance after", after)}) {
      if (!figures.contains(name) || figures.at(name) != sum) return name;
    }
  }
  std::erase_if(actual, [](const auto& moved) { return moved.second == BalanceRow(); });
  std::erase_if(expected, [](const auto& moved) { return moved.second == BalanceRow(); });
  return Compare("difference", expected, actual);
}

Problem Simulation::CompareExplainedAging(const Cut& earlier, const Cut& later, const AgingOptions& options) const {
  ReportRequest request = RequestAt(later);
  request.before = earlier;
  request.by_bucket = true;
  request.bucket_ends = options.bucket_ends;
  request.basis = BasisOf(options.basis);
  const Report report = RunReport("explain", request);
  std::map<Key, AgingRow> actual, expected;
  std::map<std::string, AgingRow> actual_total, expected_total;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    const AgingRow moved = AgingOf(report, row, options.bucket_ends.size() + 2);
    AddTo(actual[cells.CustomerAndCurrency()], moved, 1);
    if (cells.Text("type") != "time") continue;
    Wide sum = 0;
    for (const Wide bucket : moved.buckets) sum += bucket;
    if (sum != 0 || moved.unapplied != 0 || moved.balance != 0) return "time moves more than buckets";
  }
  for (const auto& [at, sign] : {std::pair(earlier, -1), std::pair(later, 1)}) {
    for (const auto& [key, row] : model_.Aging(at, options)) {
      AddTo(expected[key], row, sign);
      AddTo(expected_total[key.second], row, sign);
    }
  }
  for (const Row& row : report.totals) {
    actual_total[Cells(report, row).Text("currency")] = AgingOf(report, row, options.bucket_ends.size() + 2);
  }
  const auto idle = [](const auto& moved) { return MovesNothing(moved.second); };
  std::erase_if(actual, idle), std::erase_if(expected, idle);
  std::erase_if(actual_total, idle), std::erase_if(expected_total, idle);
  const Problem problem = Compare("moved", expected, actual);
  return problem.has_value() ? problem : Compare("moved in total", expected_total, actual_total);
}

Problem Simulation::CompareGroups(const Cut& earlier, const Cut& later) const {
  for (const ReportInfo& info : AllReports()) {
    const bool can_be_grouped = std::any_of(info.parameters.begin(), info.parameters.end(),
                                            [](const auto& each) { return each.help == kGroupedBy.help; });
    if (!can_be_grouped) continue;
    for (const bool by_bucket : {false, true}) {
      ReportRequest request = RequestAt(later);
      request.before = earlier;
      request.by_bucket = by_bucket;
      const Report all = RunReport(info.name, request);
      const Sums totals = SumUp(all, all.totals);
      if (SumUp(all, all.rows) != totals) return fmt::format("the rows of {} are not its totals", info.name);
      for (const char* by : {"customer", "salesperson", "currency"}) {
        request.by = by;
        const Report summed = RunReport(info.name, request);
        if (SumUp(summed, summed.rows) != totals) return fmt::format("{} by {} is not its totals", info.name, by);
        if (SumUp(summed, summed.totals) != totals) return fmt::format("the totals of {} by {}", info.name, by);
      }
      if (info.name != "explain") break;
    }
  }
  return std::nullopt;
}

}  // namespace duebook::model
