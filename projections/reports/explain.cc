// Explain: why figures differ between two cuts: two states of knowledge of one date, or two dates. Each event that
// counts in the later cut and not in the earlier one and moved something, with what it did to what is open, to what is
// unapplied and to the balance. The rows of a customer and currency add up to the differences, exactly.
//
// Applying a payment moves open and unapplied alike, and no balance. An approved write-off counts from the day on which
// it is in force.

#include "projections/reports/explain.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "projections/history/item_balances.h"
#include "projections/reports/aging_sums.h"
#include "projections/shared/projection.h"
#include "projections/shared/totals.h"

namespace duebook {

extern const ReportInfo kExplainReport;

namespace {

enum Figure : size_t { kOpen, kUnapplied, kBalance, kFigures };

// Returns what the movements did that `after` sees and `before` does not, in order of seq.
std::vector<Effect> FindEffects(const History& history, const Cut& before, const Cut& after, Grouping& grouping) {
  const History::Movements& movements = history.movements;
  std::vector<Effect> effects;
  for (size_t i = 0; i < RowsKnown(movements.seq, after.known); ++i) {
    const Date date = movements.date[i];
    const uint32_t item = movements.item[i];
    if (date > after.effective || before.Sees(date, movements.seq[i])) continue;
    GroupSums& moved = EffectOn(item, movements.seq[i], date, kFigures, grouping, effects).moved;
    const ItemKind kind = history.items.kind[item];
    moved[kind == ItemKind::kInvoice ? kOpen : kUnapplied] += movements.amount[i];
    moved[kBalance] += BalanceSign(kind) * movements.amount[i];
  }
  DropIdle(effects);
  return effects;
}

// One currency's figures of the aging in both cuts.
struct Agings {
  GroupSums before, after;
};

// Before and after of every figure of the aging, for those who add the rows up; or of the balance, with what it and the
// other figures moved by.
void AddFiguresOf(Currency currency, const Agings& agings, const AgingFigures& figures, bool by_bucket,
                  Report& report) {
  GroupSums sums = agings.after;
  for (size_t i = 0; i < sums.size(); ++i) sums[i] -= agings.before[i];
  Row before, after, moved;
  AppendMoney(agings.before, currency, &before);
  AppendMoney(agings.after, currency, &after);
  AppendMoney(sums, currency, &moved);
  const auto add = [&](size_t figure, const char* what, const Row& cells) {
    report.figures.emplace_back(currency.ToString() + " " + figures.names()[figure] + what, cells[figure]);
  };
  if (by_bucket) {
    for (size_t i = 0; i < figures.size(); ++i) {
      if (agings.before[i] == 0 && agings.after[i] == 0) continue;
      add(i, " before", before);
      add(i, " after", after);
    }
    return;
  }
  add(figures.balance(), " before", before);
  add(figures.balance(), " after", after);
  add(figures.balance(), " difference", moved);
  for (size_t i = 0; i < figures.balance(); ++i) {
    if (sums[i] != 0) add(i, " difference", moved);
  }
}

Status AddFigures(const History& history, const ReportRequest& request, const Cut& earlier, const Cut& later,
                  Report& report) {
  auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  ReportRequest by_currency;
  by_currency.by = "currency";
  auto grouping = Grouping::Make(by_currency, history, later);
  RETURN_IF_ERROR(grouping);
  std::vector<GroupSums> before = AgingSums(history, earlier, request.basis, *buckets, *grouping);
  std::vector<GroupSums> after = AgingSums(history, later, request.basis, *buckets, *grouping);
  const AgingFigures figures(*buckets);
  before.resize(grouping->size(), GroupSums(figures.size()));
  after.resize(grouping->size(), GroupSums(figures.size()));
  for (const uint32_t group : grouping->Sorted()) {
    AddFiguresOf(grouping->currency(group), {before[group], after[group]}, figures, request.by_bucket, report);
  }
  return Status();
}

Result<Report> ExplainBalances(const ReportRequest& request, const History& history, const Cut& before,
                               const Cut& after) {
  auto grouping = Grouping::Make(request, history, after);
  RETURN_IF_ERROR(grouping);
  auto rows = ListEffects(*request.log, history, FindEffects(history, before, after, *grouping), before.effective,
                          request.language);
  RETURN_IF_ERROR(rows);
  const Report report = EmptyExplanation(
      after, {{"open", ColumnType::kMoney}, {"unapplied", ColumnType::kMoney}, {"balance", ColumnType::kMoney}});
  return FinishItemList(report, request, history, std::move(*rows));
}

Result<Report> RunExplain(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  CHECK(request.before.has_value());
  const Cut before{request.before->effective, std::min(request.before->known, request.log->last_seq())};
  if (before.known > cut.known || before.effective > cut.effective) {
    return Error{ErrorCode::kInvalidArgument, "the earlier of the two cuts is after the later",
                 "give the earlier first"};
  }
  auto history = request.LoadHistory({HistoryPart::kFacts});
  RETURN_IF_ERROR(history);
  auto report = request.by_bucket ? ExplainByBucket(request, *history, before, cut)
                                  : ExplainBalances(request, *history, before, cut);
  RETURN_IF_ERROR(report);
  RETURN_IF_ERROR(AddFigures(*history, request, before, cut, *report));
  report->before = before;
  return report;
}

// Which figures there are depends on what is asked for.
constexpr auto kAsked = ReportColumn::Where::kAsked;

}  // namespace

Report EmptyExplanation(const Cut& after, const std::vector<Column>& figures) {
  Report report = EmptyReport(kExplainReport, after);
  report.columns.insert(report.columns.end() - 1, figures.begin(), figures.end());  // before the name
  return report;
}

const ReportInfo kExplainReport{
    "explain",
    "why figures differ between two states of knowledge, or two dates",
    "duebook explain --effective 2025-12-31 --known close:2025-12-31:1\n"
    "  duebook explain --effective 2025-11-30 --effective 2025-12-31 --aging",
    ReportRows::kItems,
    RunExplain,
    {
        kSeqColumn,
        kRecordedAtColumn,
        kDateColumn,
        kTypeColumn,
        kActorColumn,
        kSourceColumn,
        kCustomerColumn,
        kAttributeColumn,
        kCurrencyColumn,
        kItemsColumn,
        {"document", "the item whose figures it moved"},
        kTextColumn,
        {"open", "by how much it moved what is left of invoices; not with --aging", ColumnType::kMoney, kAsked},
        {"not_due", "with --aging: by how much what is open and not yet due moved", ColumnType::kMoney, kAsked},
        {kBucketColumn.name, "with --aging: by how much what is open and N to M days old moved", ColumnType::kMoney,
         kAsked},
        {"unapplied",
         "by how much it moved what is not used up of payments and credit notes; with --aging it is negative as there",
         ColumnType::kMoney, kAsked},
        {"disputed", "with --aging: by how much what is disputed of it moved", ColumnType::kMoney, kAsked},
        {"balance", "by how much it moved what is owed in all", ColumnType::kMoney, kAsked},
        kNameColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy, kByBucket, kAgingBasis, kBucketEnds}),
    DefaultDay::kEvery,
    true};

}  // namespace duebook
