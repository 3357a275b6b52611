#include "projections/shared/period.h"

#include <optional>

#include "ledger/values/parse_number.h"
#include "projections/shared/report_parameters.h"

namespace duebook {

namespace {

constexpr int kMonthsOfYear = 12;
constexpr int kMonthsOfQuarter = 3;

// Returns the months from this one on; nothing if there is no such month.
std::optional<Period> Months(int year, int month, int count) {
  const auto first = Date::FromCivil(year, month, 1);
  if (!first.has_value()) return std::nullopt;
  constexpr int kMostDays = 31;
  const auto last_month = Date::FromCivil(year, month + count - 1, 1);
  Date last = *last_month;
  for (int day = kMostDays; last == *last_month; --day) {
    last = Date::FromCivil(last_month->year(), last_month->month(), day).value_or(last);
  }
  return Period{*first, last};
}

std::optional<int> Digits(std::string_view text, size_t count) {
  if (text.size() != count || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return ParseNumber<int>(text);
}

std::optional<Period> MonthsOf(std::string_view text) {
  const auto year = Digits(text.substr(0, 4), 4);
  if (!year.has_value()) return std::nullopt;
  if (text.size() == 4) return Months(*year, 1, kMonthsOfYear);
  if (text[4] != '-') return std::nullopt;
  const std::string_view rest = text.substr(5);
  if (const auto month = Digits(rest, 2); month.has_value()) return Months(*year, *month, 1);
  if (!rest.starts_with('Q') && !rest.starts_with('q')) return std::nullopt;
  const auto quarter = Digits(rest.substr(1), 1);
  if (!quarter.has_value() || *quarter < 1 || *quarter > kMonthsOfYear / kMonthsOfQuarter) return std::nullopt;
  return Months(*year, (*quarter - 1) * kMonthsOfQuarter + 1, kMonthsOfQuarter);
}

// Returns the last day before the span of so many months, counted from January, in which today lies.
Date EndBefore(Date today, int months) {
  const int month = (today.month() - 1) / months * months + 1;
  return Date::FromCivil(today.year(), month, 1)->AddDays(-1);
}

}  // namespace

Result<Period> ReadPeriod(std::string_view text) {
  if (const auto months = MonthsOf(text); months.has_value()) return *months;
  const auto day = ReadDay(text);
  if (day.ok()) return Period{*day, *day};
  if (LooksLikeADay(text)) return day.error();
  return Error{ErrorCode::kInvalidArgument, "this is no day, month, quarter or year",
               "write it as 2025-12-31, 2025-12, 2025-Q4 or 2025"};
}

Result<Date> ReadDayFrom(Date today, std::string_view text) {
  if (text == "today") return today;
  if (text == "yesterday") return today.AddDays(-1);
  if (text == "month-end") return EndBefore(today, 1);
  if (text == "quarter-end") return EndBefore(today, kMonthsOfQuarter);
  if (text == "year-end") return EndBefore(today, kMonthsOfYear);
  if (const auto months = MonthsOf(text); months.has_value()) return months->last;
  return ReadDay(text);
}

}  // namespace duebook
