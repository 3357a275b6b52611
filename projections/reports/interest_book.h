// Late interest: what has accrued on each invoice by a day, and how much of it was billed.
//
// Day t bears on what was open at the end of the day before, under the schedule of that day: of each part whose due
// date and days of grace are past, the last one less what debit notes of interest and charges add, each less what waits
// for a dispute (the oldest parts first). So the day of payment counts, and interest bears none. A dispute that is open
// at the cut holds back its amount from the day after it was opened; one that was resolved by then what was found right
// of it, less what had been credited for it. A void invoice bears nothing, ever.
//
// All of an invoice is added up exactly and rounded once, half to even.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

struct InvoiceInterest {
  uint32_t item = 0;
  std::optional<Date> from, through;  // the first and the last day that bear interest
  int64_t days = 0;                   // as the terms count those that do
  Sum accrued = 0;
  Sum billed = 0;             // by debit notes of interest that are in force
  bool billed_later = false;  // there are others, dated after the cut and not reversed by what is known

  Sum unbilled() const { return accrued - billed; }
};

// Returns, in order of item, the invoices on which something has accrued or was billed. The history has
// HistoryPart::kFacts and kDisputes. Cost: a few passes over movements and facts, and for each invoice that was paid
// late or not at all one step for each change of it.
std::vector<InvoiceInterest> InterestAt(const History& history, const Cut& cut);

}  // namespace duebook
