// Which events an import recorded: told by their sources, as the log has no word for an import.
//
// A run is what one file brought at one time: events one after the other whose sources name that file. A new one begins
// where more than a minute lies between two events; where both line and date go back, as records are imported in the
// order of their lines, and rows with a map in the order of their dates; and behind a commit of few events after which
// time went by, as a program takes to begin: an import goes on from one commit to the next at once, and fills each but
// its last. Where that is wrong, the first part of an import counts as an earlier import, and is told as one: too
// little is taken back rather than too much. So it is with many refused lines on a slow machine, and always with a pipe
// whose lines come in slowly: each commit is made of what is there, so that a new run begins behind each pause.

#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

struct ImportRun {
  std::string file;  // as sources name it
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;
  Time first_recorded;
  Time last_recorded;

  uint64_t event_count() const { return last_seq - first_seq + 1; }
};

// The file that a source names; "" if it names none, as that of what is typed.
std::string_view FileOfSource(std::string_view source);

struct FoundRuns {
  std::vector<ImportRun> runs;  // of the file, in order
  std::set<std::string> files;  // all that sources name
};

// Cost: reads the whole log, half a second for a million events. Errors as of EventLog::Scan.
Result<FoundRuns> FindRuns(const EventLog& log, std::string_view file);

}  // namespace duebook
