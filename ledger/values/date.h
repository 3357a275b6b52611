// Calendar dates and instants: two types, never mixed.
//
// A Date is a business day without a time zone (posting date, due date). A Time is the instant at which the ledger
// learned something, UTC.

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duebook {

// A day of the proleptic Gregorian calendar, 0001-01-01 to 9999-12-31, stored as days since 1970-01-01.
class Date {
 public:
  Date() = default;  // 1970-01-01
  static constexpr Date FromDays(int32_t days) { return Date(days); }
  // Nothing if there is no such day.
  static std::optional<Date> FromCivil(int year, int month, int day);
  // Exactly "YYYY-MM-DD", and the day must exist.
  static std::optional<Date> Parse(std::string_view text);
  static constexpr Date Min() { return Date(-719162); }  // 0001-01-01
  static constexpr Date Max() { return Date(2932896); }  // 9999-12-31

  constexpr int32_t days() const { return days_; }
  int year() const;
  int month() const;             // 1..12
  int day() const;               // 1..31
  std::string ToString() const;  // "YYYY-MM-DD"

  // Clamped to Min() and Max().
  Date AddDays(int64_t days) const;
  // The same day of the month `months` later (or earlier); the last day of that month if it is shorter.
  Date AddMonths(int months) const;

  friend constexpr int operator-(Date a, Date b) { return a.days_ - b.days_; }
  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  explicit constexpr Date(int32_t days) : days_(days) {}
  int32_t days_ = 0;
};

// An instant, microseconds since 1970-01-01T00:00:00Z.
struct Time {
  int64_t microseconds = 0;

  // "YYYY-MM-DDTHH:MM:SS[.ffffff]Z", also with a space for the T, without the Z, without seconds. A date alone means
  // the last microsecond of that day, so that "known on 20 January" takes in all of that day.
  static std::optional<Time> Parse(std::string_view text);
  std::string ToString() const;  // "YYYY-MM-DDTHH:MM:SS.ffffffZ"

  friend constexpr auto operator<=>(Time, Time) = default;
};

}  // namespace duebook
