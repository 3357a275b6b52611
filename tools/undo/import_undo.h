// Taking back what one run of an import recorded, by events that undo it.
//
// Events are undone in the reverse of the order in which they were recorded, so that an application is undone before
// its payment and its invoice. Each is dated the same day, or as much later as it has to be: not before what it undoes,
// nor before what was undone of that.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "tools/undo/import_runs.h"

namespace duebook {

struct UndoSettings {
  Date day;
  std::string reason;
  std::string source;      // of the events that undo
  CommandContext context;  // likewise
  bool is_partly = false;  // what can be undone is, though something cannot
  bool is_rehearsal = false;
};

// What becomes of one event of the run.
struct UndoStep {
  enum class Fate {
    kTakenBack,
    kTakenBackAlready,  // by an earlier undoing, by somebody, or with another event of the run
    kStays,             // nothing undoes such an event, or what it decides on is undone with it
    kForbidden,
  };
  uint64_t seq = 0;
  Date date;
  EventType type = EventType::NONE;
  std::string text;  // what the event says; only in a rehearsal
  Fate fate = Fate::kStays;
  EventType by = EventType::NONE;  // kTakenBack: the event that undoes it
  Date on;                         // and that one's date
  uint64_t further = 0;            // and how many more the ledger makes of its own accord before it
  std::string why;                 // kStays, kForbidden
};

struct UndoneImport {
  std::vector<UndoStep> steps;  // in order of seq
  bool is_committed = false;    // false: nothing was recorded; a rehearsal, or something is refused
  uint64_t first_seq = 0;       // of what was recorded, or would have been; 0: nothing
  uint64_t last_seq = 0;

  uint64_t Count(UndoStep::Fate fate) const;
};

// Undoes the run from the event `from` on, all at once: everything or, if something is refused, nothing, unless
// `is_partly`. What it records is held in memory until then. An error means that the store failed.
Result<UndoneImport> UndoImport(Ledger* ledger, const ImportRun& run, uint64_t from, const UndoSettings& settings);

}  // namespace duebook
