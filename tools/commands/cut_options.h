// The options of every report that choose the cut: what counts, and what was known.

#pragma once

#include <ctime>
#include <string>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "projections/shared/projection.h"
#include "tools/commands/session.h"

namespace duebook {

struct CutOptions {
  std::vector<std::string> effective;  // as ReadDayFrom says; empty: the report's default day
  std::vector<std::string> known;      // as known.h says; empty: everything
};

// With `two_cuts`, either option may be given twice.
void AddCutOptions(CommandOptions command, CutOptions* options, bool two_cuts = false);

// Returns today's date in this machine's time zone. Reports are given the date and read no clock.
Date Today();

// Returns the day up to which a report counts on this day where nobody says one.
Date DayOf(DefaultDay default_day, Date today);

// kUnavailable: this machine's clock, which says `now`, says a time before 1970 or after the last day that a date can
// be, so that nothing can be recorded or reported by it.
Status CheckClockIsSet(std::time_t now);

// The day of an option, as ReadDayFrom says. Its errors, with the option's name.
Result<Date> ParseDateOption(std::string_view option, const std::string& text);

// What there is to say of the state of knowledge that is asked for: that it is beyond the newest event, or before the
// first. Null: it is told on standard error.
using CutRemarks = std::vector<std::string>*;

// The cut that is asked for. The errors of ReadDayFrom and ResolveKnown, with the option's name.
Result<Cut> ResolveCut(const EventLog& log, const CutOptions& options, DefaultDay default_day,
                       CutRemarks remarks = nullptr);

// What a request says of its last day (--to) must go with the day of its cut, where that is asked for.
// kInvalidArgument: the last day is after it, and what is dated after the cut is not counted; or it is before it and,
// where `is_cut`, both are the day up to which is counted.
Status CheckLastDay(const CutOptions& options, const ReportRequest& request, bool is_cut);

struct TwoCuts {
  Cut before, after;
};

// The two cuts that are to be told apart, the earlier first; a second state of knowledge that nobody names is the
// newest. Which is given first does not matter, but one has to be the earlier by date and by knowledge, else
// kInvalidArgument.
Result<TwoCuts> ResolveTwoCuts(const EventLog& log, const CutOptions& options, DefaultDay default_day,
                               CutRemarks remarks = nullptr);

}  // namespace duebook
