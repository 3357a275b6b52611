// What late interest runs, of each invoice on each day: as the invoice's own InterestSet says, else the customer's,
// else the general one; of each the last by date and seq.

#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "ledger/events/interest_terms.h"
#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

struct InterestTerms {
  Date from;         // the day on which they come into force
  int64_t rate = 0;  // per cent a year, or a day, in parts per million; 0: none runs
  DayCount day_count = DayCount::kActual365;
  int grace = 0;  // days after the due date that bear nothing
  bool disputed_waits = true;
};

class InterestRates {
 public:
  // Those that the cut sees; the history has HistoryPart::kFacts. Cost: a pass over the types of facts.
  InterestRates(const History& history, const Cut& cut);

  // Returns whether none was ever set.
  bool empty() const { return general_.empty() && of_customers_.empty() && of_items_.empty(); }
  // Returns the terms of an invoice in the order in which they come into force: each holds until the next.
  std::vector<InterestTerms> Of(uint32_t item) const;
  // Returns the rate of an invoice on a day as per cent a year, in parts per million: one of a day is taken 365
  // times. 0: none runs.
  int64_t YearlyRate(uint32_t item, Date day) const;

 private:
  using Terms = std::vector<InterestTerms>;

  const History* history_;
  Terms general_;
  std::map<uint32_t, Terms> of_customers_;
  std::map<uint32_t, Terms> of_items_;
};

}  // namespace duebook
