// The values of a workbook's cells as text.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace duebook {

// Returns the number as it is shown: workbooks hold floating point, of which spreadsheets show 15 digits, so that what
// reads 1234.5599999999999 is 1234.56. Without an exponent, unless it is far from what amounts are. The text itself if
// it is no number.
std::string NumberText(std::string_view number);

// Returns the day that a number of days stands for, "2025-12-31", with the time of day, if it has one: "2025-12-31
// 08:30:00". Days are counted from 1900, or from 1904 where the workbook says so. Nothing if no day has this number: a
// time alone, or the 29 February 1900 that spreadsheets count.
std::optional<std::string> DayText(std::string_view number, bool since_1904);

// Returns whether a number in this format, "dd/mm/yyyy", is shown as a day.
bool IsDayFormat(std::string_view format);
// Returns whether this number of a format that is not in the workbook itself stands for one of days.
bool IsBuiltInDayFormat(int format);

// Returns the text without escapes: "_x0041_" is the letter A.
std::string WithoutEscapes(std::string_view text);

}  // namespace duebook
