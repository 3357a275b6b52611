#include "ledger/values/work_calendar.h"

#include <algorithm>

namespace duebook {
namespace {

bool IsWeekend(Date day) {
  constexpr int kDaysFromMonday = 3;  // 1970-01-01 was a Thursday
  const int days = (day.days() + kDaysFromMonday) % 7;
  return (days < 0 ? days + 7 : days) >= 5;
}

const YearCalendar* CalendarOf(const std::vector<YearCalendar>& calendars, Date in_force_on, int year) {
  const YearCalendar* last = nullptr;
  for (const YearCalendar& each : calendars) {
    if (each.year == year && each.date <= in_force_on && (last == nullptr || each.date >= last->date)) last = &each;
  }
  return last;
}

bool Contains(const std::vector<Date>& days, Date day) {
  return std::find(days.begin(), days.end(), day) != days.end();
}

bool IsWorked(const YearCalendar* calendar, Date day) {
  if (calendar != nullptr && Contains(calendar->off, day)) return false;
  return !IsWeekend(day) || (calendar != nullptr && Contains(calendar->on, day));
}

}  // namespace

Date WorkdayFrom(const std::vector<YearCalendar>& calendars, Date in_force_on, Date day) {
  while (day < Date::Max() && !IsWorked(CalendarOf(calendars, in_force_on, day.year()), day)) day = day.AddDays(1);
  return day;
}

}  // namespace duebook
