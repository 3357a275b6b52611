// Which days are worked: Monday to Friday, unless the calendar of their year says otherwise.

#pragma once

#include <vector>

#include "ledger/values/date.h"

namespace duebook {

// What is said of a year, from a day on: all of it, in place of what was said before.
struct YearCalendar {
  Date date;              // from which day on it is in force
  int year = 1;           // 1 to 9999
  std::vector<Date> off;  // days of that year that are not worked
  std::vector<Date> on;   // days of that year that are, though they are Saturdays or Sundays
};

// Returns the day itself if it is worked, else the first one after it that is, by the calendars in force on another
// day: of each year the last one dated by then, of one date the one that stands behind. `calendars` are in the order in
// which they were recorded. The last day that there is counts as worked.
Date WorkdayFrom(const std::vector<YearCalendar>& calendars, Date in_force_on, Date day);

}  // namespace duebook
