// Aging: what is open, by how long it has been due. Unapplied cash stands in a column of its own, so that the buckets
// and `unapplied` add up to the balance, exactly, for each row and in total; `disputed` is an "of which". A customer
// has a row for each currency in which the cut sees a document, also when nothing is left.

#include <string>
#include <utility>
#include <vector>

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

std::vector<GroupSums> AgingSums(const History& history, const Cut& cut, AgingBasis basis, const AgingBuckets& buckets,
                                 Grouping& grouping) {
  const AgingFigures figures(buckets);
  std::vector<Sum> sums;  // group by group: each lies where it is added to without a look elsewhere
  const auto sums_of = [&](uint32_t item) {
    const size_t first = size_t{grouping.GroupOf(item)} * figures.size();
    if (first >= sums.size()) sums.resize(first + figures.size());
    return &sums[first];
  };
  const ItemBalances balances(history, cut);
  ForEachOpenPart(history, cut, balances, [&](const OpenPart& part) {
    Sum* const sum = sums_of(part.item);
    sum[buckets.Find(AgeOf(history, part, basis, cut.effective))] += part.open;
    sum[figures.disputed()] += part.disputed;
    sum[figures.balance()] += part.open;
  });
  // A group is there also if nothing is left of its items.
  const auto items = static_cast<uint32_t>(RowsKnown(history.items.seq, cut.known));
  for (uint32_t item = 0; item < items; ++item) {
    const Sum left = balances[item];
    const bool is_open_invoice = left != 0 && history.items.kind[item] == ItemKind::kInvoice;
    if (is_open_invoice || history.items.date[item] > cut.effective) continue;
    Sum* const sum = sums_of(item);
    sum[figures.unapplied()] -= left;
    sum[figures.balance()] -= left;
  }
  std::vector<GroupSums> by_group;
  by_group.reserve(grouping.size());
  for (auto first = sums.begin(); first != sums.end(); first += static_cast<ptrdiff_t>(figures.size())) {
    by_group.emplace_back(first, first + static_cast<ptrdiff_t>(figures.size()));
  }
  return by_group;
}

namespace {

Result<Report> RunAging(const ReportRequest& request) {
  auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  auto basis = ParseAgingBasis(request.basis);
  RETURN_IF_ERROR(basis);
  const Cut cut = request.ClippedCut();
  auto history = request.LoadFigures();
  RETURN_IF_ERROR(history);
  auto grouping = Grouping::Make(request, **history, cut);
  RETURN_IF_ERROR(grouping);
  const std::vector<GroupSums> sums = AgingSums(**history, cut, *basis, *buckets, *grouping);

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
