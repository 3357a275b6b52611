// What the statement of an account and the letter with it have in common.

#pragma once

#include "projections/shared/projection.h"

namespace duebook {

// Returns the cut of a statement: up to its last day, if one is asked for, as was known. kInvalidArgument: it would
// begin behind that.
Result<Cut> StatementCut(const ReportRequest& request);

}  // namespace duebook
