// Import: commands from files into the ledger, and what became of each to an observer.
//
// Three steps run side by side: reading and encoding, deciding, and waiting for the store. Memory is bounded by a few
// batches; with all_or_nothing, by what is recorded.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "tools/import/pipeline/event_sums.h"
#include "tools/import/pipeline/import_source.h"
#include "tools/import/pipeline/late_references.h"

namespace duebook {

struct ImportCounts {
  uint64_t lines = 0;                                           // read
  uint64_t recorded = 0;                                        // events, the ledger's own reversals included
  uint64_t duplicates = 0;                                      // events that were there before the import
  uint64_t repeated = 0;                                        // events that an earlier line of the import has, too
  uint64_t refused = 0;                                         // events, or lines that could not be read
  std::array<uint64_t, kAllWarningCodes.size()> warnings = {};  // about what is recorded, by WarningCode
};

// Returns whether the outcome of a line is that an earlier one of the same import, whose first event would be
// `first_seq`, has the same event.
bool IsRepeated(const Duplicate& duplicate, uint64_t first_seq);

// Is told, in order of files and lines, what became of each item. Called from one thread at a time.
class ImportObserver {
 public:
  virtual ~ImportObserver() = default;
  // What was recorded is durable. `outcomes` are those of batch.items. An item that was refused for what would be
  // warned of has these warnings in the batch, and as its outcome a rejection for the first of them, whose code means
  // nothing.
  virtual Status OnBatch(const ImportSource& source, const ImportBatch& batch, std::span<const Outcome> outcomes) = 0;
  // Nothing of what follows was recorded: an import of all or nothing found something to refuse, or is a rehearsal. The
  // seqs in outcomes are those that would have been given.
  virtual void OnNothingRecorded() = 0;
  // A file, or the rest of it, could not be read; the import goes on with the next.
  virtual void OnUnreadable(const Error& error) = 0;
};

enum class ImportMode {
  kEach,          // a refused line costs only itself
  kAllOrNothing,  // nothing is recorded if a line is refused or a file cannot be read
  kRehearsal,     // nothing is recorded; outcomes are what they would be
};

struct ImportSettings {
  ImportMode mode = ImportMode::kEach;
  Date today = {};         // by which dates are distant
  bool is_strict = false;  // a line that would be warned of is refused, unless what it says is recorded already
};

struct ImportResult {
  ImportCounts counts;
  bool committed = true;  // false if kAllOrNothing recorded nothing
  std::vector<LateReference> late;
  EventSums foretold;  // kRehearsal: what would be recorded
};

// Opens the next source; null when there is none. An error stands for a file that cannot be opened.
using NextSource = std::function<Result<std::unique_ptr<ImportSource>>()>;

// Imports all sources. An error means that the store, or the observer, failed: what the observer was told is durable.
Result<ImportResult> RunImport(Ledger* ledger, const NextSource& next_source, const ImportSettings& settings,
                               ImportObserver* observer);

}  // namespace duebook
