// Aging: what is open, by how long it has been due. Unapplied cash stands in a column of its own, so that the buckets
// and `unapplied` add up to the balance, exactly, for each row and in total; `disputed` is an "of which". A customer
// has a row for each currency in which the cut sees a document, also when nothing is left.

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/check.h"
#include "ledger/values/in_parallel.h"
#include "ledger/values/prefetch.h"
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

std::vector<Column> AgingFigures::Columns() const {
  std::vector<Column> columns;
  for (const std::string& name : names_) columns.push_back({name, ColumnType::kBalance});
  return columns;
}

namespace {

// The figures of some of the items, by groups of their own. Items come in no order of their groups, so that what takes
// the time is the memory that is added to: it is asked for some items ahead, and nothing is touched that stays as it
// is.
class PartOfSums {
 public:
  PartOfSums(Grouping grouping, size_t figures) : grouping_(std::move(grouping)), figures_(figures) {}

  // Lets the item's group be there.
  size_t GroupOf(uint32_t item) {
    const size_t group = grouping_.GroupOf(item);
    if (group * figures_ >= sums_.size()) sums_.resize((group + 1) * figures_);
    return group;
  }
  void Add(size_t group, size_t figure, Sum amount) {
    const size_t place = group * figures_ + figure;
    PrefetchAt(&sums_[place]);
    Waiting& oldest = waiting_[next_++ % kAhead];
    sums_[oldest.place] += oldest.amount;
    oldest = {place, amount};
  }
  // After the last Add.
  void Finish() {
    for (Waiting& waiting : waiting_) {
      if (waiting.amount != 0) sums_[waiting.place] += std::exchange(waiting.amount, 0);
    }
  }
  void AddTo(std::vector<GroupSums>& sums, Grouping& grouping) const {
    for (uint32_t own = 0; own < grouping_.size(); own++) {
      const uint32_t group = grouping.GroupOf(grouping_.FirstItemOf(own));
      if (group >= sums.size()) sums.resize(group + 1, GroupSums(figures_));
      for (size_t i = 0; i < figures_; i++) sums[group][i] += sums_[own * figures_ + i];
    }
  }

 private:
  static constexpr size_t kAhead = 16;
  struct Waiting {
    size_t place = 0;
    Sum amount = 0;
  };

  Grouping grouping_;
  const size_t figures_;
  std::vector<Sum> sums_;
  std::array<Waiting, kAhead> waiting_{};
  size_t next_ = 0;
};

}  // namespace

std::vector<GroupSums> AgingSums(const History& history, const Cut& cut, AgingBasis basis, const AgingBuckets& buckets,
                                 Grouping& grouping, size_t parts) {
  const AgingFigures figures(buckets);
  const ItemBalances balances(history, cut);
  const OpenParts open(history, cut, balances, basis);
  const auto add = [&](uint32_t first, uint32_t last, PartOfSums& sums) {
    OpenParts::Walk walk(open, first);
    for (uint32_t item = first; item < last; ++item) {
      const Sum left = balances[item];
      const bool is_open_invoice = left != 0 && history.items.kind[item] == ItemKind::kInvoice;
      // A group is there also if nothing is left of its items.
      if (!is_open_invoice && history.items.date[item] > cut.effective) continue;
      const size_t group = sums.GroupOf(item);
      if (is_open_invoice) {
        walk.ForEachOf(item, left, [&](const OpenPart& part) {
          sums.Add(group, buckets.Find(AgeOf(history, part, basis, cut.effective)), part.open);
          if (part.disputed != 0) sums.Add(group, figures.disputed(), part.disputed);
        });
      } else if (left != 0) {
        sums.Add(group, figures.unapplied(), -left);
      }
    }
    sums.Finish();
  };
  if (parts == 0) parts = PartsFor(open.items());
  std::vector<PartOfSums> of_parts(parts, PartOfSums(grouping.WithoutGroups(), figures.size()));
  CHECK(InParallel(parts, [&](size_t i) {
          const auto end_of = [&](size_t part) { return static_cast<uint32_t>(open.items() * part / parts); };
          add(end_of(i), end_of(i + 1), of_parts[i]);
          return Status();
        }).ok());
  std::vector<GroupSums> sums;
  for (const PartOfSums& part : of_parts) part.AddTo(sums, grouping);
  for (GroupSums& sum : sums) {
    sum[figures.balance()] =
        std::accumulate(sum.begin(), sum.begin() + static_cast<ptrdiff_t>(figures.unapplied() + 1), Sum{0});
  }
  return sums;
}

namespace {

// Returns the last days of months up to this day, the last one last.
std::vector<Date> MonthEnds(Date day, int count) {
  std::vector<Date> ends;
  Date first = *Date::FromCivil(day.year(), day.month(), 1);
  if (day == Date::Max() || day.AddDays(1).day() == 1) ends.push_back(day);
  for (; static_cast<int>(ends.size()) < count && first > Date::Min(); first = first.AddMonths(-1)) {
    ends.push_back(first.AddDays(-1));
  }
  std::reverse(ends.begin(), ends.end());
  return ends;
}

// A row for each figure of each group, with a column for each month end.
Result<Report> RunTrend(const ReportRequest& asked, const History& history, const AgingBuckets& buckets) {
  ReportRequest request = asked;
  if (request.by.empty()) request.by = "currency";
  const Cut cut = request.ClippedCut();
  auto grouping = Grouping::Make(request, history, cut);
  RETURN_IF_ERROR(grouping);
  const AgingFigures figures(buckets);
  Report report{"aging", cut, grouping->KeyColumns(), {}, {}, {}};
  report.columns.push_back({"bucket", ColumnType::kWord});
  std::vector<std::vector<GroupSums>> trend;
  for (const Date end : MonthEnds(cut.effective, request.trend_months)) {
    report.columns.push_back({end.ToString(), ColumnType::kBalance});
    trend.push_back(AgingSums(history, {end, cut.known}, request.basis, buckets, *grouping));
  }
  grouping->AddNameColumn(&report);
  for (std::vector<GroupSums>& sums : trend) sums.resize(grouping->size(), GroupSums(figures.size()));
  for (const uint32_t group : grouping->Sorted()) {
    for (size_t figure = 0; figure < figures.size(); ++figure) {
      Row& row = report.rows.emplace_back();
      grouping->AppendKeyCells(group, &row);
      row.emplace_back(Term{figures.names()[figure], "", static_cast<int64_t>(figure)});
      for (const std::vector<GroupSums>& sums : trend) {
        AppendMoney({sums[group][figure]}, grouping->currency(group), &row);
      }
      grouping->AddName(group, &row);
    }
  }
  return report;
}

Result<Report> RunAging(const ReportRequest& request) {
  auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  const Cut cut = request.ClippedCut();
  auto history = request.LoadHistory({HistoryPart::kFacts});
  RETURN_IF_ERROR(history);
  if (request.trend_months > 0) return RunTrend(request, *history, *buckets);
  auto grouping = Grouping::Make(request, *history, cut);
  RETURN_IF_ERROR(grouping);
  const std::vector<GroupSums> sums = AgingSums(*history, cut, request.basis, *buckets, *grouping);
  return grouping->MakeReport("aging", AgingFigures(*buckets).Columns(), sums);
}

}  // namespace

const ReportInfo kAgingReport{
    "aging",
    "what is open, by how long it has been due",
    "duebook aging --effective 2025-12-31 --known close:2025-12-31",
    ReportRows::kSums,
    RunAging,
    {
        kCustomerColumn,
        kAttributeColumn,
        kCurrencyColumn,
        kNotDueColumn,
        kBucketColumn,
        {"unapplied", "payments and credit notes that are not used up, taken off", ColumnType::kBalance},
        kDisputedColumn,
        {"balance", "all buckets and unapplied added up", ColumnType::kBalance},
        kNameColumn,
        {"bucket", "with --trend: which of the figures the row has", ColumnType::kWord, ReportColumn::Where::kAsked},
        {"YYYY-MM-DD", "with --trend: the figure at this month end", ColumnType::kBalance, ReportColumn::Where::kAsked},
    },
    ListParameters({kOfCustomers, kGroupedBy, kAgingBasis, kBucketEnds, kTrendMonths, kNonZero})};

}  // namespace duebook
