#include "projections/reports/aging_state.h"

#include <algorithm>

namespace duebook {

void ForEachChange(const History& history, uint64_t known, const std::function<void(const ItemChange&)>& visit) {
  const History::Movements& movements = history.movements;
  for (size_t i = 0; i < RowsKnown(movements.seq, known); ++i) {
    const Minor debited = movements.kind[i] == MovementKind::kDebited ? movements.amount[i] : 0;
    visit({movements.seq[i], movements.date[i], movements.item[i], movements.amount[i], debited, 0});
  }
  const History::Disputes& disputes = history.disputes;
  for (size_t i = 0; i < RowsKnown(disputes.seq, known); ++i) {
    visit({disputes.seq[i], disputes.date[i], disputes.item[i], 0, 0, disputes.amount[i]});
  }
  const History::DisputeResolutions& resolutions = history.resolutions;
  for (size_t i = 0; i < RowsKnown(resolutions.seq, known); ++i) {
    const uint32_t dispute = resolutions.dispute[i];
    visit({resolutions.seq[i], resolutions.date[i], disputes.item[dispute], 0, 0, -disputes.amount[dispute]});
  }
}

void AgingState::Apply(const ItemChange& change) {
  Item& item = items_[change.item];
  item.balance += change.balance;
  item.debited += change.debited;
  item.disputed += change.disputed;
}

bool AgingState::IsOpen(uint32_t item) const {
  return items_[item].balance != 0 && history_->items.kind[item] == ItemKind::kInvoice;
}

void AgingState::AddFigures(uint32_t item, Date day, int sign, GroupSums& sums) const {
  const Item& state = items_[item];
  if (history_->items.kind[item] != ItemKind::kInvoice) {
    sums[figures_.unapplied()] -= sign * state.balance;
    sums[figures_.balance()] -= sign * state.balance;
    return;
  }
  // Between two events of one day more may be taken off an invoice than it has, or given back. It counts as due last.
  const Minor amount = history_->items.amount[item];
  const Sum open = std::clamp(state.balance, Sum{0}, amount + state.debited);
  const OpenPart whole{item, history_->items.due[item], amount, open, 0};
  for (const OpenPart& part : OpenPartsOf(*history_, whole, state.debited)) {
    sums[BucketOf(part, day)] += sign * part.open;
  }
  sums[BucketOf(whole, day)] += sign * (state.balance - open);
  sums[figures_.disputed()] += sign * std::min(open, state.disputed);
  sums[figures_.balance()] += sign * state.balance;
}

size_t AgingState::BucketOf(const OpenPart& part, Date day) const {
  return buckets_.Find(AgeOf(*history_, part, basis_, day));
}

}  // namespace duebook
