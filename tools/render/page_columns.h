// How the cells of a table are set on a page, and how wide its columns are there.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "projections/shared/report.h"

namespace duebook {

// What a sheet of paper has room for, in points.
struct Sheet {
  size_t width;          // between the margins
  size_t letters;        // the size of the letters of a table
  size_t small_letters;  // the same of a table of many columns
  bool is_filled;        // tables are as wide as the sheet
};
inline constexpr Sheet kReportSheet{756, 10, 8, false};
inline constexpr Sheet kLetterSheet{510, 9, 7, true};

// Returns whether the table has so many columns that it is set in small letters.
bool IsWide(const Report& report);

// Returns the class that says how a cell is set, of those of kPageStyle: "number", "word", "date", "time" or "prose";
// "" if it is set like any text.
std::string_view ClassOf(const Column& column, const Cell& cell);

// Returns how wide the columns are, in hundredths of the size of the letters, so that whoever lays the table out need
// not look at every cell of it first. `head` are the headings as they are shown, and `totals` the rows below the table.
// Nothing if the table is short, which is laid out at once, or if it is not known to fit.
std::optional<std::vector<size_t>> ColumnWidths(const Report& report, const std::vector<std::string>& head,
                                                const std::vector<Row>& totals, const Sheet& sheet);

}  // namespace duebook
