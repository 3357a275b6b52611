// How long facts hold: each from its day on, until the day before its reversal.

#pragma once

#include <cstdint>
#include <unordered_map>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

// An amount that is there from a day on, until the day before another.
struct SpannedAmount {
  Date from;
  Date until = Date::Max();
  Minor amount = 0;

  bool IsThereOn(Date day) const { return from <= day && (day < until || !is_reversed()); }
  bool is_reversed() const { return until != Date::Max(); }
};

class FactSpans {
 public:
  // By the reversals that the cut sees, of a history that has HistoryPart::kFacts and must outlive it. Cost: one pass
  // over the reversals.
  FactSpans(const History& history, const Cut& cut);

  // Returns the day on which a fact was reversed; Date::Max() if it was not.
  Date Until(uint32_t fact) const;
  // Returns the amount of a fact, while it holds.
  SpannedAmount Of(uint32_t fact) const;

 private:
  const History& history_;
  std::unordered_map<uint32_t, Date> reversed_;
};

}  // namespace duebook
