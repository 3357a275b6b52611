// Dates and amounts as other programs write them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/values/date.h"

namespace duebook {

// A pattern such as "M/D/YYYY", "DD.MM.YYYY", "YYYYMMDD" or "D-MMM-YY".
//
//   YYYY  four digits           YY   two digits, of the years 2000 to 2099
//   MM    two digits            M    one or two     MMM   Jan, Feb, ... in English or German, either case
//   DD    two digits            D    one or two     MMMM  January, February, ... likewise
//   *     at the end: whatever follows, such as a time of day
// Anything else stands for itself. "epoch" and "epoch_ms" are the seconds and milliseconds since 1970 in UTC, whose day
// is taken.
class DateFormat {
 public:
  // Nothing unless the pattern has exactly one year, month and day, or is one of these words.
  static std::optional<DateFormat> Parse(std::string_view pattern);
  // "YYYY-MM-DD"
  static DateFormat Iso();

  const std::string& pattern() const { return pattern_; }
  // Nothing if the text is not of this form, or there is no such day.
  std::optional<Date> Read(std::string_view text) const;

 private:
  enum class Part {
    kYear,
    kShortYear,
    kMonth,
    kPaddedMonth,
    kMonthName,
    kLongMonthName,
    kDay,
    kPaddedDay,
    kLiteral,
    kRest
  };
  struct Step {
    Part part;
    char literal = 0;
  };
  struct Civil;
  static bool ReadStep(const Step& step, std::string_view* text, Civil* civil);
  static std::optional<Part> PartOf(std::string_view run);

  std::string pattern_;
  std::vector<Step> steps_;
  int64_t units_of_day_ = 0;  // of time since 1970; 0: the pattern has a year, a month and a day
};

// Several forms of dates, of which the first that fits counts.
class DateFormats {
 public:
  explicit DateFormats(std::vector<DateFormat> formats) : formats_(std::move(formats)) {}

  // "DD.MM.YYYY or YYYY-MM-DD"
  std::string patterns() const;
  std::optional<Date> Read(std::string_view text) const;

 private:
  std::vector<DateFormat> formats_;
};

// A date that says neither which number is the day nor which the month, such as 03/04/2024.
struct TwoReadings {
  Date day_first, month_first;
  std::string day_first_pattern, month_first_pattern;
};
// Nothing if the text is no such date, or can be read in one way only.
std::optional<TwoReadings> ReadTwoWays(std::string_view text);

// How a file writes amounts.
struct AmountFormat {
  std::string decimal = ".";  // the sign before the decimals
  std::string thousands;      // the sign between groups of three digits; "": none

  // The amount as the ledger reads it: "-1234.50". Negative is a sign before or behind, or parentheses. Nothing if the
  // text is not such an amount; groups of other than three digits are not, so that a decimal comma never passes for a
  // thousands separator.
  std::optional<std::string> Read(std::string_view text) const;
};

// Returns the sign of what AmountFormat::Read returned: -1, 0 or 1.
int SignOf(std::string_view amount);

}  // namespace duebook
