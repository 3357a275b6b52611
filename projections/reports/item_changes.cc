#include "projections/reports/item_changes.h"

namespace duebook {

ItemChange ChangeByMovement(const History& history, size_t row) {
  const History::Movements& movements = history.movements;
  const Minor debited = movements.kind[row] == MovementKind::kDebited ? movements.amount[row] : 0;
  return {movements.seq[row], movements.date[row], movements.item[row], movements.amount[row], debited, 0};
}

void ForEachOtherChange(const History& history, uint64_t known, const NewSchedules& new_schedules,
                        const std::function<void(const ItemChange&)>& visit) {
  const History::Disputes& disputes = history.disputes;
  for (size_t i = 0, rows = RowsKnown(disputes.seq, known); i < rows; ++i) {
    visit({disputes.seq[i], disputes.date[i], disputes.item[i], 0, 0, disputes.amount[i]});
  }
  const History::DisputeResolutions& resolutions = history.resolutions;
  for (size_t i = 0, rows = RowsKnown(resolutions.seq, known); i < rows; ++i) {
    const uint32_t dispute = resolutions.dispute[i];
    visit({resolutions.seq[i], resolutions.date[i], disputes.item[dispute], 0, 0, -disputes.amount[dispute]});
  }
  for (const NewSchedules::OfItem& of_item : new_schedules.items()) {
    for (const NewSchedules::Schedule& schedule : of_item.schedules) {
      visit({schedule.seq, schedule.date, of_item.item});
      if (schedule.is_reversed()) visit({schedule.reversed_seq, schedule.reversed, of_item.item});
    }
  }
}

void ForEachChange(const History& history, uint64_t known, const std::function<void(const ItemChange&)>& visit) {
  for (size_t row = 0, rows = RowsKnown(history.movements.seq, known); row < rows; ++row)
    visit(ChangeByMovement(history, row));
  ForEachOtherChange(history, known, NewSchedules(history, known), visit);
}

}  // namespace duebook
