// Giving the commands of a batch to the ledger one by one, and with --strict only those that nothing is to be warned
// of.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "tools/import/pipeline/import_source.h"
#include "tools/import/pipeline/import_warnings.h"

namespace duebook {

// What the ledger makes of one command. An error means that the store failed.
using Admit = std::function<Result<Outcome>(MadeCommand command)>;

// One outcome for each command, which are used up.
Result<std::vector<Outcome>> AdmitAll(ImportBatch* batch, const Admit& admit);

// The same, but a command that `warnings` are found of is refused instead, and they are put into the batch; unless the
// ledger knows the event's id: then it answers as ever, since a retry takes nothing in. `entries` are those of the
// batch. What the ledger takes in, or has already, is noted in `warnings`.
Result<std::vector<Outcome>> AdmitStrictly(const std::string& source, ImportBatch* batch,
                                           std::span<const ImportEntry> entries, ImportWarnings* warnings,
                                           const Admit& admit);

}  // namespace duebook
