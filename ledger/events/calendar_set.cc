// Which days of a year are worked.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"
#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

using Days = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

// Days are written in one way, so that those that are the same are the same texts.
std::optional<Rejection> CheckDisjoint(const schema::CalendarSet& body) {
  if (body.off() == nullptr || body.on() == nullptr) return std::nullopt;
  for (const flatbuffers::String* day : *body.off()) {
    if (std::none_of(body.on()->begin(), body.on()->end(), [&](const auto* on) { return on->str() == day->str(); }))
      continue;
    return Rejection{
        RejectionCode::kBadField,
        fmt::format("{} is among the days that are off and among those that are worked", Quoted(EventView::Text(day))),
        "on"};
  }
  return std::nullopt;
}

std::optional<Rejection> CheckDays(const Days* days, int year, std::string_view field) {
  if (days == nullptr) return std::nullopt;
  for (const flatbuffers::String* text : *days) {
    const std::optional<Date> day = Date::Parse(EventView::Text(text));
    if (day.has_value() && day->year() == year) continue;
    return Rejection{RejectionCode::kBadDate,
                     fmt::format("{} is no day of the year {}; write YYYY-MM-DD", Quoted(EventView::Text(text)), year),
                     std::string(field)};
  }
  return std::nullopt;
}

std::optional<Rejection> CheckCalendar(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::CalendarSet>();
  if (auto rejection = CheckDisjoint(body)) return rejection;
  if (auto rejection = CheckDays(body.off(), body.year(), "off")) return rejection;
  return CheckDays(body.on(), body.year(), "on");
}

std::vector<Date> DaysOf(const Days* texts) {
  std::vector<Date> days;
  if (texts == nullptr) return days;
  for (const flatbuffers::String* text : *texts) {
    const std::optional<Date> day = Date::Parse(EventView::Text(text));
    if (day.has_value()) days.push_back(*day);
  }
  return days;
}

void EvolveCalendarSet(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::CalendarSet>();
  evolve_case.books.MutableControl().calendars.push_back(
      {evolve_case.event.date(), body.year(), DaysOf(body.off()), DaysOf(body.on())});
}

}  // namespace

const EventKind kCalendarSet{
    .chinese = "日历",
    .sentence = "Calendar of {year}:[ off {off}][, worked {on}]",
    .chinese_sentence = "{year} 年日历：[休息 {off}][，上班 {on}]",
    .check_fields = CheckCalendar,
    .decide = CheckAdministrator,
    .evolve = EvolveCalendarSet,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
