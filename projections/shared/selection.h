// Which rows of a report are shown, and in which order: told of its own columns, by their names and types.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/result.h"
#include "projections/shared/report.h"

namespace duebook {

struct Selection {
  // "COLUMN OP VALUE", as in "open >= 1000.00": every row that is shown meets all of them. OP is one of = != < <= > >=
  // and ~, which stands for "holds this text, in any case and width". Amounts are compared as numbers, whatever their
  // currency; days and times as they are written, from the left; words have no order; of lists, one member is enough.
  // An empty VALUE is that of an empty cell, which no other value equals, and which is neither before nor behind any.
  std::vector<std::string> where;
  // "COLUMN", "COLUMN:asc" or "COLUMN:desc", several parted by commas; empty cells come last. "": the report's own
  // order.
  std::string sort;
  std::optional<size_t> top;  // so many of the first rows
  bool nonzero = false;       // no row of which nothing is left; of reports that tell nothing of that, without money
};

// Keeps the rows that meet the conditions. kInvalidArgument: one of them is wrong, or names no column of the report.
Status KeepWhere(const std::vector<std::string>& conditions, Report* report);

// Returns the name of the column that a condition is about, as it is written there.
std::string_view ColumnOf(std::string_view condition);

// Drops the rows whose money is all zero: what is left (ColumnType::kBalance), if the report tells that.
void DropZeros(Report* report);

// Puts the rows in order. kInvalidArgument: the order names no column of the report.
Status SortRows(std::string_view order, Report* report);

// Keeps these columns alone, in the order of the list, "seq,date,text"; "" keeps all. kInvalidArgument: one of them is
// none of the report, or is named twice.
Status ChooseColumns(std::string_view list, Report* report);

// Keeps the first rows, and says below the table how many of them are shown, if there are more.
void KeepTop(size_t count, Report* report);

}  // namespace duebook
