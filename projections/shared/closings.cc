#include "projections/shared/closings.h"

#include <utility>

#include "projections/history/visible_events.h"

namespace duebook {

Result<std::vector<Closing>> ClosingsOf(const EventLog& log) {
  auto closed = log.FindOfType(EventType::PeriodClosed);
  RETURN_IF_ERROR(closed);
  const auto reopened = log.FindOfType(EventType::PeriodReopened);
  RETURN_IF_ERROR(reopened);
  std::vector<Closing> closings;
  RETURN_IF_ERROR(log.GetMany(MergeSeqs(*std::move(closed), *reopened), [&](EventView event) {
    if (event.type() == EventType::PeriodClosed) {
      closings.push_back({event.seq(), DateOf(*event.body<schema::PeriodClosed>().through()), 0});
      return;
    }
    const Date through = DateOf(*event.body<schema::PeriodReopened>().through());
    for (Closing& closing : closings) {
      if (closing.reopened_by == 0 && closing.through >= through) closing.reopened_by = event.seq();
    }
  }));
  return closings;
}

}  // namespace duebook
