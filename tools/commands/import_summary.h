// Parts of what an import says at its end.

#pragma once

#include <string>

#include "tools/import/pipeline/event_sums.h"
#include "tools/import/pipeline/import_pipeline.h"

namespace duebook {

// What --dry-run found that would be recorded, as a table and a sentence; "" if nothing would be.
std::string Foretell(const EventSums& sums);

// "3 warnings: 2 duplicate_entry, 1 distant_date; FILE lists them"; "" if there are none. `file`: the one that was
// named for them; empty: none was, and how to name one is said.
std::string TextOfWarnings(const ImportCounts& counts, const std::string& file);

}  // namespace duebook
