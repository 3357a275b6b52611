#include "ledger/values/date.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

namespace duebook {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day CivilOf(Date date) { return year_month_day{sys_days{std::chrono::days{date.days()}}}; }

constexpr int64_t kMicrosecondsPerSecond = 1'000'000;
constexpr int64_t kMicrosecondsPerDay = 86'400 * kMicrosecondsPerSecond;

// Takes exactly `count` digits off the front of `text`.
std::optional<int> TakeDigits(std::string_view& text, size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool Take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

// ".123" as microseconds; 1 to 6 digits.
std::optional<int64_t> TakeFraction(std::string_view& text) {
  if (!Take(text, '.')) return 0;
  int64_t value = 0;
  int digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 6) {
    value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
    digits++;
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 6; digits++) value *= 10;
  return value;
}

// "HH:MM", "HH:MM:SS" or "HH:MM:SS.ffffff", each with or without a Z at the end.
std::optional<int64_t> ParseTimeOfDay(std::string_view text) {
  const auto hour = TakeDigits(text, 2);
  if (!hour.has_value() || *hour > 23 || !Take(text, ':')) return std::nullopt;
  const auto minute = TakeDigits(text, 2);
  if (!minute.has_value() || *minute > 59) return std::nullopt;
  int64_t microseconds = (*hour * 60 + *minute) * 60 * kMicrosecondsPerSecond;
  if (Take(text, ':')) {
    const auto second = TakeDigits(text, 2);
    if (!second.has_value() || *second > 59) return std::nullopt;
    const auto fraction = TakeFraction(text);
    if (!fraction.has_value()) return std::nullopt;
    microseconds += *second * kMicrosecondsPerSecond + *fraction;
  }
  Take(text, 'Z');
  return text.empty() ? std::optional(microseconds) : std::nullopt;
}

}  // namespace

std::optional<Date> Date::FromCivil(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const year_month_day civil{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                             std::chrono::day{static_cast<unsigned>(day)}};
  if (!civil.ok()) return std::nullopt;
  return Date(static_cast<int32_t>(sys_days{civil}.time_since_epoch().count()));
}

std::optional<Date> Date::Parse(std::string_view text) {
  const auto year = TakeDigits(text, 4);
  if (!year.has_value() || !Take(text, '-')) return std::nullopt;
  const auto month = TakeDigits(text, 2);
  if (!month.has_value() || !Take(text, '-')) return std::nullopt;
  const auto day = TakeDigits(text, 2);
  if (!day.has_value() || !text.empty()) return std::nullopt;
  return FromCivil(*year, *month, *day);
}

int Date::year() const { return static_cast<int>(CivilOf(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(CivilOf(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(CivilOf(*this).day())); }

std::string Date::ToString() const {
  const year_month_day civil = CivilOf(*this);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()));
}

Date Date::AddDays(int64_t days) const {
  const int64_t limited =
      std::clamp<int64_t>(days, Min().days_ - int64_t{Max().days_}, Max().days_ - int64_t{Min().days_});
  const int64_t sum = std::clamp<int64_t>(days_ + limited, Min().days_, Max().days_);
  return Date(static_cast<int32_t>(sum));
}

Date Date::AddMonths(int months) const {
  const year_month_day civil = CivilOf(*this);
  const int64_t index =
      int64_t{static_cast<int>(civil.year())} * 12 + static_cast<unsigned>(civil.month()) - 1 + months;
  if (index < 12) return Min();
  if (index >= int64_t{10000} * 12) return Max();
  const std::chrono::year_month month{std::chrono::year{static_cast<int>(index / 12)},
                                      std::chrono::month{static_cast<unsigned>(index % 12 + 1)}};
  const std::chrono::day last = year_month_day{month / std::chrono::last}.day();
  return Date(static_cast<int32_t>(sys_days{month / std::min(civil.day(), last)}.time_since_epoch().count()));
}

std::optional<Time> Time::Parse(std::string_view text) {
  const auto date = Date::Parse(text.substr(0, 10));
  if (!date.has_value()) return std::nullopt;
  const int64_t midnight = date->days() * kMicrosecondsPerDay;
  if (text.size() == 10) return Time{midnight + kMicrosecondsPerDay - 1};
  if (text[10] != 'T' && text[10] != ' ') return std::nullopt;
  const auto of_day = ParseTimeOfDay(text.substr(11));
  if (!of_day.has_value()) return std::nullopt;
  return Time{midnight + *of_day};
}

std::string Time::ToString() const {
  // Rounded down, also before 1970.
  int64_t days = microseconds / kMicrosecondsPerDay;
  int64_t of_day = microseconds % kMicrosecondsPerDay;
  if (of_day < 0) {
    of_day += kMicrosecondsPerDay;
    days--;
  }
  const auto day = Date::FromDays(static_cast<int32_t>(days));
  const int64_t seconds = of_day / kMicrosecondsPerSecond;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", day.ToString(), seconds / 3600, seconds / 60 % 60, seconds % 60,
                     of_day % kMicrosecondsPerSecond);
}

}  // namespace duebook
