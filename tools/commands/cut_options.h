// The options of every report that choose what is seen, and how it is shown.

#pragma once

#include <string>
#include <vector>

#include "ledger/cut.h"
#include "ledger/event_log.h"
#include "tools/commands/session.h"

namespace duebook {

struct CutOptions {
  std::vector<std::string> effective;  // YYYY-MM-DD; empty: as OpenEnd says
  std::vector<std::string> known;      // seq or time; empty: everything
};

// What a report counts up to when nobody says: those that say how things stand, today; those that list what happened,
// everything.
enum class OpenEnd { kToday, kEverything };

// With `two_cuts`, either option may be given twice.
void AddCutOptions(CommandOptions command, CutOptions* options, bool two_cuts = false);

// The calendar's day here and now. Nothing behind this door reads a clock.
Date Today();

// A day of the calendar, or an error that names the option.
Result<Date> ParseDateOption(std::string_view option, const std::string& text);
// A seq as written, the newest if it is beyond the log's end; or the last event recorded at or before a time: tells if
// clocks say otherwise (clock_remarks.h).
// kInvalidArgument: neither.
Result<uint64_t> ResolveKnown(const EventLog& log, const std::string& text);
// The cut of the last value of each option.
Result<Cut> ResolveCut(const EventLog& log, const CutOptions& options, OpenEnd open_end);
// The cut of the first value of each option: the earlier of two cuts.
Result<Cut> ResolveFirstCut(const EventLog& log, const CutOptions& options, OpenEnd open_end);

}  // namespace duebook
