// The options of every report that choose what is seen, and how it is shown.

#pragma once

#include <string>
#include <vector>

#include "ledger/cut.h"
#include "ledger/event_log.h"
#include "tools/commands/session.h"

namespace duebook {

struct CutOptions {
  std::string effective;           // YYYY-MM-DD; "": no end
  std::vector<std::string> known;  // seq or time; empty: everything
};

void AddCutOptions(CLI::App* command, CutOptions* options, int max_known = 1);

// A day of the calendar, or an error that names the option.
Result<Date> ParseDateOption(std::string_view option, const std::string& text);
// A seq as written, or the last event recorded at or before a time. kInvalidArgument: neither, or beyond the log's end.
Result<uint64_t> ResolveKnown(const EventLog& log, const std::string& text);
Result<Cut> ResolveCut(const EventLog& log, const CutOptions& options);

}  // namespace duebook
