// What the first rows of a file would become, shown beside them. Nothing is decided: of what the ledger would refuse,
// only the form is told.

#pragma once

#include <cstddef>

#include "ledger/values/result.h"
#include "projections/shared/report.h"
#include "tools/import/pipeline/import_source.h"
#include "tools/import/pipeline/import_warnings.h"

namespace duebook {

// Returns a table of lines, rows and what they become, with as many lines for a row as it has events and warnings. An
// event that is made of several rows is shown beside the first of them, whole, also where some of its rows are not
// among those shown. `in_order`: the source gives rows in the order of the file, so that it need not be read to its
// end. `warnings` are looked for as if all that was read were recorded. Errors of the source.
Result<Report> PreviewOf(ImportSource* source, size_t rows, bool in_order, Currency ledger_currency,
                         ImportWarnings* warnings);

}  // namespace duebook
