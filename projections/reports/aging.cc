// Aging: what is open, by how long it has been due. Unapplied cash stands in a column of its own, so that the buckets
// and `unapplied` add up to the balance, exactly, for each row and in total; `disputed` is an "of which". A customer
// has a row for each currency in which the cut sees a document, also when nothing is left.

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ledger/values/check.h"
#include "ledger/values/in_parallel.h"
#include "projections/history/item_balances.h"
#include "projections/reports/aging_sums.h"
#include "projections/shared/projection.h"
#include "projections/shared/totals.h"

namespace duebook {

extern const ReportInfo kAgingReport;

AgingFigures::AgingFigures(const AgingBuckets& buckets) {
  for (size_t i = 0; i < buckets.size(); ++i) names_.push_back(buckets.Name(i));
  for (const char* name : {"unapplied", "disputed", "balance"}) names_.emplace_back(name);
}

namespace {

constexpr uint32_t kFewItems = 500'000;  // that are not worth threads

// The figures of some of the items, by groups of their own: those of a group lie where it is added to without a look
// elsewhere.
class PartOfSums {
 public:
  PartOfSums(Grouping grouping, size_t figures) : grouping_(std::move(grouping)), figures_(figures) {}
  Sum* Of(uint32_t item) {
    const size_t first = size_t{grouping_.GroupOf(item)} * figures_;
    if (first >= sums_.size()) sums_.resize(first + figures_);
    return &sums_[first];
  }
  void AddTo(std::vector<GroupSums>& sums, Grouping& grouping) const {
    for (uint32_t own = 0; own < grouping_.size(); own++) {
      const uint32_t group = grouping.GroupOf(grouping_.FirstItemOf(own));
      if (group >= sums.size()) sums.resize(group + 1, GroupSums(figures_));
      for (size_t i = 0; i < figures_; i++) sums[group][i] += sums_[own * figures_ + i];
    }
  }

 private:
  Grouping grouping_;
  const size_t figures_;
  std::vector<Sum> sums_;
};

}  // namespace

std::vector<GroupSums> AgingSums(const History& history, const Cut& cut, AgingBasis basis, const AgingBuckets& buckets,
                                 Grouping& grouping, size_t parts) {
  const AgingFigures figures(buckets);
  const ItemBalances balances(history, cut);
  const OpenParts open(history, cut, balances);
  const auto add = [&](uint32_t first, uint32_t last, PartOfSums& sums) {
    open.ForEach(first, last, [&](const OpenPart& part) {
      Sum* const sum = sums.Of(part.item);
      sum[buckets.Find(AgeOf(history, part, basis, cut.effective))] += part.open;
      sum[figures.disputed()] += part.disputed;
      sum[figures.balance()] += part.open;
    });
    // A group is there also if nothing is left of its items.
    for (uint32_t item = first; item < last; ++item) {
      const Sum left = balances[item];
      const bool is_open_invoice = left != 0 && history.items.kind[item] == ItemKind::kInvoice;
      if (is_open_invoice || history.items.date[item] > cut.effective) continue;
      Sum* const sum = sums.Of(item);
      sum[figures.unapplied()] -= left;
      sum[figures.balance()] -= left;
    }
  };
  if (parts == 0) parts = open.items() < kFewItems ? 1 : std::max(1U, std::thread::hardware_concurrency());
  std::vector<PartOfSums> of_parts(parts, PartOfSums(grouping.WithoutGroups(), figures.size()));
  CHECK(InParallel(parts, [&](size_t i) {
          const auto end_of = [&](size_t part) { return static_cast<uint32_t>(open.items() * part / parts); };
          add(end_of(i), end_of(i + 1), of_parts[i]);
          return Status();
        }).ok());
  std::vector<GroupSums> sums;
  for (const PartOfSums& part : of_parts) part.AddTo(sums, grouping);
  return sums;
}

namespace {

Result<Report> RunAging(const ReportRequest& request) {
  auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  auto basis = ParseAgingBasis(request.basis);
  RETURN_IF_ERROR(basis);
  const Cut cut = request.ClippedCut();
  auto history = request.LoadHistory();
  RETURN_IF_ERROR(history);
  auto grouping = Grouping::Make(request, *history, cut);
  RETURN_IF_ERROR(grouping);
  const std::vector<GroupSums> sums = AgingSums(*history, cut, *basis, *buckets, *grouping);

  Report report{"aging", cut, grouping->Columns(), {}, {}, {}};
  const AgingFigures figures(*buckets);
  for (const std::string& name : figures.names()) report.columns.push_back({name, Column::Align::kRight});
  grouping->AddRows(sums, &report);
  return report;
}

}  // namespace

const ReportInfo kAgingReport{"aging",
                              "what is open, by how long it has been due",
                              "duebook aging --effective 2025-12-31 --known close:2025-12-31",
                              RunAging,
                              {
                                  kCustomerColumn,
                                  kSalespersonColumn,
                                  kCurrencyColumn,
                                  kNotDueColumn,
                                  kBucketColumn,
                                  {"unapplied", "payments and credit notes that are not used up, taken off"},
                                  kDisputedColumn,
                                  {"balance", "all buckets and unapplied added up"},
                              },
                              {kOfCustomers, kGroupedBy, kAgingBasis, kBucketEnds}};

}  // namespace duebook
