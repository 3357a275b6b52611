// The two forms of `explain`, by balance and by bucket of the aging, and what they share: effects, which are what each
// event did, and their rows.

#pragma once

#include <cstdint>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/shared/grouping.h"
#include "projections/shared/item_list.h"
#include "projections/shared/projection.h"
#include "projections/shared/report.h"

namespace duebook {

// What an event, or time, did to the figures of one group. All items that an event moves are of one customer and
// currency; their salespeople may differ.
struct Effect {
  uint64_t seq;  // 0: time
  uint32_t group;
  uint32_t item;  // one of those moved
  Date date;      // from which it counts
  GroupSums moved;
};

// The effect of this event on the item's group: among the last of the list, or new at its end.
Effect& EffectOn(uint32_t item, uint64_t seq, Date date, size_t figures, Grouping& grouping,
                 std::vector<Effect>& effects);

// Leaves out those that moved nothing.
void DropIdle(std::vector<Effect>& effects);

// Returns the report without rows, with the columns of these figures.
Report EmptyExplanation(const Cut& after, const std::vector<Column>& figures);
// Returns the effects in their order, as rows up to the figures. `since`: the earlier date.
Result<std::vector<ListedItem>> ListEffects(const EventLog& log, const History& history,
                                            const std::vector<Effect>& effects, Date since, Language language);

// The report by bucket. It has a row for each event that moved a figure of the aging, and for each customer and
// currency one for what passed from bucket to bucket by time alone.
Result<Report> ExplainByBucket(const ReportRequest& request, const History& history, const Cut& before,
                               const Cut& after);

}  // namespace duebook
