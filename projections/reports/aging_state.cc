#include "projections/reports/aging_state.h"

#include <algorithm>

namespace duebook {

void AgingState::Apply(const ItemChange& change) {
  Item& item = items_[change.item];
  item.balance += change.balance;
  item.debited += change.debited;
  item.disputed += change.disputed;
  if (!before_.Sees(change.date, change.seq)) reached_ = std::max(reached_, PlaceOf(change.date, change.seq));
}

NewSchedules::InForce AgingState::ScheduleOf(uint32_t item) const {
  const NewSchedules::OfItem* of_item = new_schedules_.Find(item);
  if (of_item == nullptr) return {};
  return NewSchedules::Of(*of_item, [&](Date date, uint64_t seq) {
    return before_.Sees(date, seq) || (after_.Sees(date, seq) && PlaceOf(date, seq) <= reached_);
  });
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
  for (const OpenPart& part : OpenPartsOf(*history_, whole, state.debited, ScheduleOf(item))) {
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
