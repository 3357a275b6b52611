// Explain: why figures differ between two cuts: two states of knowledge of one date, or two dates. Each event that
// counts in the later cut and not in the earlier one and moved something, with what it did to what is open, to what is
// unapplied and to the balance. The rows of a customer and currency add up to the differences, exactly.
//
// Applying a payment moves open and unapplied alike, and no balance. An approved write-off counts from the day on which
// it is in force.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "projections/aging_sums.h"
#include "projections/event_text.h"
#include "projections/item_balances.h"
#include "projections/item_list.h"
#include "projections/projection.h"

namespace duebook {

extern const ReportInfo kExplainReport;

namespace {

// What one event did. All items that an event moves are of one customer and currency.
struct Effect {
  uint64_t seq;
  uint32_t item;  // one of those it moved
  Date date;
  WideSum open, unapplied;

  bool MovesNothing() const { return open == 0 && unapplied == 0; }
};

// The movements that `after` sees and `before` does not, those of one event together, in order of seq.
std::vector<Effect> FindEffects(const History& history, const Cut& before, const Cut& after) {
  const History::Movements& movements = history.movements;
  std::vector<Effect> effects;
  for (size_t i = 0; i < RowsKnown(movements.seq, after.known); ++i) {
    const Date date = movements.date[i];
    if (date > after.effective || before.Sees(date, movements.seq[i])) continue;
    if (effects.empty() || effects.back().seq != movements.seq[i]) {
      effects.push_back({movements.seq[i], movements.item[i], date, 0, 0});
    }
    const bool of_invoice = history.items.kind[movements.item[i]] == ItemKind::kInvoice;
    (of_invoice ? effects.back().open : effects.back().unapplied) += movements.amount[i];
  }
  std::erase_if(effects, [](const Effect& effect) { return effect.MovesNothing(); });
  return effects;
}

// The effects as rows, each with what its event says.
Result<std::vector<ListedItem>> MakeRows(const EventLog& log, const History& history,
                                         const std::vector<Effect>& effects) {
  std::vector<uint64_t> seqs;
  for (const Effect& effect : effects) seqs.push_back(effect.seq);
  std::vector<ListedItem> rows;
  auto effect = effects.begin();
  Status added;
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    const Currency currency = history.items.currency[effect->item];
    Row row{static_cast<int64_t>(event.seq()),
            event.recorded_at(),
            effect->date,
            event.info().name,
            std::string(event.actor()),
            std::string(event.source()),
            std::string(event.customer()),
            currency.ToString(),
            MainDocument(event),
            EventText(event)};
    const Status money =
        AppendMoney({effect->open, effect->unapplied, effect->open - effect->unapplied}, currency, &row);
    if (!money.ok()) added = money;
    rows.push_back({effect->item, std::move(row)});
    ++effect;
  }));
  RETURN_IF_ERROR(added);
  return rows;
}

// Before, after and difference of the balance, and the difference of each figure of the aging that moved.
Status AddFigures(const History& history, const ReportRequest& request, const Cut& cut, Report& report) {
  auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  auto basis = ParseAgingBasis(request.basis);
  RETURN_IF_ERROR(basis);
  ReportRequest by_currency;
  by_currency.by = "currency";
  auto grouping = Grouping::Make(by_currency, history, cut);
  RETURN_IF_ERROR(grouping);
  auto before = AgingSums(history, *request.before, *basis, *buckets, *grouping);
  RETURN_IF_ERROR(before);
  auto after = AgingSums(history, cut, *basis, *buckets, *grouping);
  RETURN_IF_ERROR(after);
  const AgingFigures figures(*buckets);
  before->resize(grouping->size(), GroupSums(figures.size()));
  after->resize(grouping->size(), GroupSums(figures.size()));
  for (const uint32_t group : grouping->Sorted()) {
    const Currency currency = grouping->currency(group);
    const GroupSums& old_sums = (*before)[group];
    GroupSums moved = (*after)[group];
    for (size_t i = 0; i < moved.size(); ++i) moved[i] -= old_sums[i];
    Row cells;
    RETURN_IF_ERROR(AppendMoney({old_sums[figures.balance()], (*after)[group][figures.balance()]}, currency, &cells));
    RETURN_IF_ERROR(AppendMoney(moved, currency, &cells));
    const std::string code = currency.ToString() + " ";
    report.figures.emplace_back(code + "balance before", cells[0]);
    report.figures.emplace_back(code + "balance after", cells[1]);
    report.figures.emplace_back(code + "balance difference", cells[2 + figures.balance()]);
    for (size_t i = 0; i < figures.balance(); ++i) {
      if (moved[i] != 0) report.figures.emplace_back(code + figures.names()[i] + " difference", cells[2 + i]);
    }
  }
  return Status();
}

Result<Report> RunExplain(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  CHECK(request.before.has_value());
  const Cut before{request.before->effective, std::min(request.before->known, request.log->last_seq())};
  if (before.known > cut.known || before.effective > cut.effective) {
    return Error{ErrorCode::kInvalidArgument, "the earlier of the two cuts is after the later",
                 "give the earlier first"};
  }
  auto loaded = request.LoadHistory();
  RETURN_IF_ERROR(loaded);
  const History& history = **loaded;
  auto rows = MakeRows(*request.log, history, FindEffects(history, before, cut));
  RETURN_IF_ERROR(rows);
  constexpr auto kRight = Column::Align::kRight;
  Report report{"explain",
                cut,
                {{"seq", kRight},
                 {"recorded_at"},
                 {"date"},
                 {"type"},
                 {"actor"},
                 {"source"},
                 {"customer"},
                 {"currency"},
                 {"document"},
                 {"text"},
                 {"open", kRight},
                 {"unapplied", kRight},
                 {"balance", kRight}},
                {},
                {},
                {}};
  RETURN_IF_ERROR(AddFigures(history, request, cut, report));
  return FinishItemList(std::move(report), request, history, std::move(*rows));
}

}  // namespace

const ReportInfo kExplainReport{"explain", "why figures differ between two states of knowledge, or two dates",
                                "duebook explain --effective 2025-12-31 --known 2026-01-20 --known 2026-03-01",
                                RunExplain};

}  // namespace duebook
