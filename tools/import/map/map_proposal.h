// A map for a file that nobody has described yet: what its columns are called and hold tells most of it.

#pragma once

#include <string>

#include "ledger/values/result.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/row_source.h"

namespace duebook {

// Returns a map as TOML, to be looked through and changed. It makes customers and invoices of the rows, and credit
// notes of those with amounts below zero, or payments if the columns speak of such; columns are found by their names in
// English, German and Chinese, also below titles. Forms of dates and amounts are those that fit all rows; where rows
// could be read in two ways, both are shown and neither is chosen. What no column seems to hold is a comment.
// `encoding`, and the sheet and the rows of `settings`, are put into the map, unless they are "".
//
// `rows` was opened and not yet read from. Cost: all of the file is read once; its cells are not kept.
// kInvalidArgument: it has no header, no rows, or more columns than a map may name.
Result<std::string> ProposeMap(RowSource* rows, const std::string& encoding, const RowSettings& settings);

}  // namespace duebook
