// Explain, bucket by bucket: how the aging of the earlier cut became that of the later one.
//
//   aging of the earlier cut
//     + time: its items as they were, aged to the later date; what passed from bucket to bucket by time alone
//     + each event that only the later cut sees: what the items that it moves contribute after it, less before it, by
//       their age on the later date
//   = aging of the later cut
//
// Events come in the order in which the one cut becomes the other: first what was learnt about the days up to the
// earlier date, by seq; then what happened since, by date and seq. So every state on the way is that of a cut, save
// within one day. The order matters where an invoice is paid by instalments, the oldest first, and for `disputed`,
// which is never more than what is open.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "projections/reports/aging_state.h"
#include "projections/reports/explain.h"

namespace duebook {
namespace {

// Brings `state` to the earlier cut; what only the later one sees, in its order.
std::vector<ItemChange> ChangesBetween(const History& history, const Cut& before, const Cut& after, AgingState& state) {
  std::vector<ItemChange> changes;
  ForEachChange(history, after.known, [&](const ItemChange& change) {
    if (change.date > after.effective) return;
    if (before.Sees(change.date, change.seq)) {
      state.Apply(change);
    } else {
      changes.push_back(change);
    }
  });
  const auto place = [&](const ItemChange& change) { return state.PlaceOf(change.date, change.seq); };
  std::stable_sort(changes.begin(), changes.end(),
                   [&](const ItemChange& a, const ItemChange& b) { return place(a) < place(b); });
  return changes;
}

// Returns what passes from bucket to bucket between the days, a group at a time. There are no groups before these.
std::vector<Effect> EffectsOfTime(const AgingState& state, Date from, Date to, Grouping& grouping) {
  std::vector<Effect> effects;
  if (from == to) return effects;
  for (uint32_t item = 0; item < state.items(); ++item) {
    if (!state.IsOpen(item)) continue;
    const uint32_t group = grouping.GroupOf(item);
    if (group == effects.size()) effects.push_back({0, group, item, to, GroupSums(state.figures().size())});
    state.AddFigures(item, from, -1, effects[group].moved);
    state.AddFigures(item, to, 1, effects[group].moved);
  }
  std::vector<Effect> sorted;
  for (const uint32_t group : grouping.Sorted()) sorted.push_back(std::move(effects[group]));
  return sorted;
}

std::vector<Effect> FindEffects(const History& history, const Cut& before, const Cut& after, AgingState state,
                                Grouping& grouping) {
  const std::vector<ItemChange> changes = ChangesBetween(history, before, after, state);
  std::vector<Effect> effects = EffectsOfTime(state, before.effective, after.effective, grouping);
  for (const ItemChange& change : changes) {
    Effect& effect = EffectOn(change.item, change.seq, change.date, state.figures().size(), grouping, effects);
    state.AddFigures(change.item, after.effective, -1, effect.moved);
    state.Apply(change);
    state.AddFigures(change.item, after.effective, 1, effect.moved);
  }
  DropIdle(effects);
  return effects;
}

}  // namespace

Result<Report> ExplainByBucket(const ReportRequest& request, const History& history, const Cut& before,
                               const Cut& after) {
  auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  auto grouping = Grouping::Make(request, history, after);
  RETURN_IF_ERROR(grouping);
  const std::vector<Effect> effects =
      FindEffects(history, before, after, AgingState(history, request.basis, *buckets, before, after), *grouping);
  auto rows = ListEffects(*request.log, history, effects, before.effective, request.language);
  RETURN_IF_ERROR(rows);
  std::vector<Column> figures = AgingFigures(*buckets).Columns();
  for (Column& figure : figures) figure.type = ColumnType::kMoney;
  return FinishItemList(EmptyExplanation(after, figures), request, history, std::move(*rows));
}

}  // namespace duebook
