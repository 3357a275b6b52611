// Explain: why the figures for one date differ between two states of knowledge. Each event that was recorded after the
// earlier state, up to the later one, and counts by that date, with what it did: a row for each document that it moved,
// `amount` signed by its effect on the balance. The amounts of a currency add up to the difference, exactly.
//
// Applying a payment moves the invoice and the payment by the same amount: two rows that cancel out in the balance, but
// not in the aging. Disputes move only the aging's `disputed`; their rows have the amount 0. An approved write-off's
// date is the one from which it is in force.

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

// What one event did to one item.
struct Effect {
  uint64_t seq;
  uint32_t item;
  Date date;
  Minor amount;  // on the balance
};

// The movements after `known_before` that the cut sees; those of one event on one item together.
Status AddMovements(const History& history, const Cut& cut, uint64_t known_before, std::vector<Effect>& effects) {
  const History::Movements& movements = history.movements;
  const size_t end = RowsKnown(movements.seq, cut.known);
  for (size_t i = RowsKnown(movements.seq, known_before); i < end; ++i) {
    if (movements.date[i] > cut.effective) continue;
    const uint32_t item = movements.item[i];
    const Minor amount = BalanceSign(history.items.kind[item]) * movements.amount[i];
    if (!effects.empty() && effects.back().seq == movements.seq[i] && effects.back().item == item) {
      const auto sum = CheckedAdd(effects.back().amount, amount);
      if (!sum) return Error{ErrorCode::kInvalidArgument, "a sum is beyond 64 bits", ""};
      effects.back().amount = *sum;
    } else {
      effects.push_back({movements.seq[i], item, movements.date[i], amount});
    }
  }
  return Status();
}

void AddDisputes(const History& history, const Cut& cut, uint64_t known_before, std::vector<Effect>& effects) {
  const auto& [opened_seq, opened_date, amounts, items] = history.disputes;
  for (size_t i = RowsKnown(opened_seq, known_before); i < RowsKnown(opened_seq, cut.known); ++i) {
    if (opened_date[i] <= cut.effective) effects.push_back({opened_seq[i], items[i], opened_date[i], 0});
  }
  const auto& [resolved_seq, resolved_date, dispute] = history.resolutions;
  for (size_t i = RowsKnown(resolved_seq, known_before); i < RowsKnown(resolved_seq, cut.known); ++i) {
    if (resolved_date[i] > cut.effective) continue;
    effects.push_back({resolved_seq[i], items[dispute[i]], resolved_date[i], 0});
  }
}

Result<std::vector<Effect>> FindEffects(const History& history, const Cut& cut, uint64_t known_before) {
  std::vector<Effect> effects;
  RETURN_IF_ERROR(AddMovements(history, cut, known_before, effects));
  AddDisputes(history, cut, known_before, effects);
  std::stable_sort(effects.begin(), effects.end(), [](const Effect& a, const Effect& b) { return a.seq < b.seq; });
  return effects;
}

// The effects as rows, each with what its event says.
Result<std::vector<ListedItem>> MakeRows(const EventLog& log, const History& history,
                                         const std::vector<Effect>& effects) {
  std::vector<uint64_t> seqs;
  for (const Effect& effect : effects) {
    if (seqs.empty() || seqs.back() != effect.seq) seqs.push_back(effect.seq);
  }
  std::vector<ListedItem> rows;
  auto effect = effects.begin();
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    for (; effect != effects.end() && effect->seq == event.seq(); ++effect) {
      const Currency currency = history.items.currency[effect->item];
      rows.push_back({effect->item,
                      {static_cast<int64_t>(event.seq()), event.recorded_at(), effect->date, event.info().name,
                       std::string(event.actor()), std::string(event.source()), std::string(event.customer()),
                       std::string(history.items.number[effect->item]), currency.ToString(),
                       Money{effect->amount, currency}, EventText(event)}});
    }
  }));
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
  auto grouping = Grouping::Make(by_currency, history);
  RETURN_IF_ERROR(grouping);
  auto before = AgingSums(history, Cut{cut.effective, request.known_before}, *basis, *buckets, *grouping);
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
  auto cut = request.ResolvedCut();
  RETURN_IF_ERROR(cut);
  if (request.known_before > cut->known) {
    return Error{ErrorCode::kInvalidArgument,
                 "the earlier state of knowledge, " + std::to_string(request.known_before) + ", is after the later, " +
                     std::to_string(cut->known),
                 "give the earlier one first"};
  }
  auto loaded = request.LoadHistory();
  RETURN_IF_ERROR(loaded);
  const History& history = **loaded;
  auto effects = FindEffects(history, *cut, request.known_before);
  RETURN_IF_ERROR(effects);
  auto rows = MakeRows(*request.log, history, *effects);
  RETURN_IF_ERROR(rows);
  constexpr auto kRight = Column::Align::kRight;
  Report report{"explain",
                *cut,
                {{"seq", kRight},
                 {"recorded_at"},
                 {"date"},
                 {"type"},
                 {"actor"},
                 {"source"},
                 {"customer"},
                 {"document"},
                 {"currency"},
                 {"amount", kRight},
                 {"text"}},
                {},
                {},
                {}};
  RETURN_IF_ERROR(AddFigures(history, request, *cut, report));
  return FinishItemList(std::move(report), request, history, std::move(*rows));
}

}  // namespace

const ReportInfo kExplainReport{"explain", "why the figures for a date differ between two states of knowledge",
                                "duebook explain --effective 2025-12-31 --known 2026-01-20 --known 2026-03-01",
                                RunExplain};

}  // namespace duebook
