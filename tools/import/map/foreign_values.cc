#include "tools/import/map/foreign_values.h"

#include <algorithm>
#include <span>

#include "ledger/values/ascii.h"
#include "ledger/values/check.h"
#include "ledger/values/parse_number.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

namespace {

constexpr int64_t kSecondsOfDay = 86'400;
constexpr int64_t kMillisecondsOfDay = kSecondsOfDay * 1000;

// A name of a month, in lower case; in both cases where a letter is not ASCII.
struct MonthName {
  std::string_view name;
  int month;
};
constexpr MonthName kMonthNames[] = {{"jan", 1}, {"feb", 2},  {"mar", 3},  {"mär", 3},  {"mÄr", 3},  {"mrz", 3},
                                     {"apr", 4}, {"may", 5},  {"mai", 5},  {"jun", 6},  {"jul", 7},  {"aug", 8},
                                     {"sep", 9}, {"oct", 10}, {"okt", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12}};
constexpr MonthName kLongMonthNames[] = {
    {"january", 1},   {"januar", 1},    {"february", 2}, {"februar", 2},   {"march", 3},    {"märz", 3},
    {"mÄrz", 3},      {"april", 4},     {"may", 5},      {"mai", 5},       {"june", 6},     {"juni", 6},
    {"july", 7},      {"juli", 7},      {"august", 8},   {"september", 9}, {"october", 10}, {"oktober", 10},
    {"november", 11}, {"december", 12}, {"dezember", 12}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

// Takes `least` to `most` digits off the front.
bool TakeNumber(size_t least, size_t most, std::string_view* text, int* number) {
  size_t count = 0;
  *number = 0;
  while (count < most && count < text->size() && IsDigit((*text)[count])) {
    *number = *number * 10 + ((*text)[count++] - '0');
  }
  text->remove_prefix(count);
  return count >= least;
}

// Of two names that fit, the longer one.
bool TakeMonthName(std::span<const MonthName> names, std::string_view* text, int* month) {
  const MonthName* longest = nullptr;
  for (const MonthName& name : names) {
    const bool fits = IsSameInAnyCase(text->substr(0, name.name.size()), name.name);
    if (fits && (longest == nullptr || name.name.size() > longest->name.size())) longest = &name;
  }
  if (longest == nullptr) return false;
  text->remove_prefix(longest->name.size());
  *month = longest->month;
  return true;
}

// The digits of "1.234.567" without their separators; nothing if there are others, or groups of another length.
std::optional<std::string> Ungrouped(std::string_view text, std::string_view separator) {
  if (separator.empty() || text.find(separator) == std::string_view::npos) {
    return AllDigits(text) ? std::optional<std::string>(text) : std::nullopt;
  }
  std::string digits;
  for (bool first = true;; first = false) {
    const size_t end = std::min(text.find(separator), text.size());
    const std::string_view group = text.substr(0, end);
    const bool fits = first ? !group.empty() && group.size() <= 3 : group.size() == 3;
    if (!fits || !AllDigits(group)) return std::nullopt;
    digits += group;
    if (end == text.size()) return digits;
    text.remove_prefix(end + separator.size());
  }
}

std::optional<Date> DaySince1970(std::string_view text, int64_t units_of_day) {
  const auto units = ParseNumber<int64_t>(text);
  if (!units.has_value()) return std::nullopt;
  const int64_t days = *units / units_of_day - (*units % units_of_day < 0 ? 1 : 0);
  if (days < Date::Min().days() || days > Date::Max().days()) return std::nullopt;
  return Date::FromDays(static_cast<int32_t>(days));
}

// Takes off what says that the amount is negative. False if it is said in two ways.
bool TakeSign(std::string_view* text, bool* negative) {
  int signs = 0;
  if (text->size() >= 2 && text->front() == '(' && text->back() == ')') {
    *text = TrimmedCell(text->substr(1, text->size() - 2));
    *negative = true;
    signs++;
  }
  if (text->starts_with('-') || text->starts_with('+')) {
    *negative = text->front() == '-' || *negative;
    *text = TrimmedCell(text->substr(1));
    signs++;
  }
  if (text->ends_with('-')) {
    *text = TrimmedCell(text->substr(0, text->size() - 1));
    *negative = true;
    signs++;
  }
  return signs <= 1;
}

}  // namespace

struct DateFormat::Civil {
  int year = 0;
  int month = 0;
  int day = 0;
};

std::optional<DateFormat::Part> DateFormat::PartOf(std::string_view run) {
  if (run == "YYYY") return Part::kYear;
  if (run == "YY") return Part::kShortYear;
  if (run == "MMMM") return Part::kLongMonthName;
  if (run == "MMM") return Part::kMonthName;
  if (run == "MM") return Part::kPaddedMonth;
  if (run == "M") return Part::kMonth;
  if (run == "DD") return Part::kPaddedDay;
  if (run == "D") return Part::kDay;
  return std::nullopt;
}

std::optional<DateFormat> DateFormat::Parse(std::string_view pattern) {
  DateFormat format;
  format.pattern_ = pattern;
  if (pattern == "epoch") format.units_of_day_ = kSecondsOfDay;
  if (pattern == "epoch_ms") format.units_of_day_ = kMillisecondsOfDay;
  if (format.units_of_day_ > 0) return format;
  std::string seen;
  for (size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c != 'Y' && c != 'M' && c != 'D') {
      const bool rest = c == '*' && at + 1 == pattern.size();
      format.steps_.push_back({rest ? Part::kRest : Part::kLiteral, c});
      at++;
      continue;
    }
    const size_t end = std::min(pattern.find_first_not_of(c, at), pattern.size());
    const auto part = PartOf(pattern.substr(at, end - at));
    if (!part.has_value()) return std::nullopt;
    format.steps_.push_back({*part});
    seen += c;
    at = end;
  }
  std::sort(seen.begin(), seen.end());
  if (seen != "DMY") return std::nullopt;
  return format;
}

DateFormat DateFormat::Iso() {
  const auto format = Parse("YYYY-MM-DD");
  CHECK(format.has_value());
  return *format;
}

bool DateFormat::ReadStep(const Step& step, std::string_view* text, Civil* civil) {
  switch (step.part) {
    case Part::kYear:
      return TakeNumber(4, 4, text, &civil->year);
    case Part::kShortYear: {
      const bool read = TakeNumber(2, 2, text, &civil->year);
      civil->year += 2000;
      return read;
    }
    case Part::kMonth:
      return TakeNumber(1, 2, text, &civil->month);
    case Part::kPaddedMonth:
      return TakeNumber(2, 2, text, &civil->month);
    case Part::kMonthName:
      return TakeMonthName(kMonthNames, text, &civil->month);
    case Part::kLongMonthName:
      return TakeMonthName(kLongMonthNames, text, &civil->month);
    case Part::kDay:
      return TakeNumber(1, 2, text, &civil->day);
    case Part::kPaddedDay:
      return TakeNumber(2, 2, text, &civil->day);
    case Part::kLiteral:
      if (!text->starts_with(step.literal)) return false;
      text->remove_prefix(1);
      return true;
    case Part::kRest:
      *text = {};
      return true;
  }
  return false;
}

std::optional<Date> DateFormat::Read(std::string_view text) const {
  if (units_of_day_ > 0) return DaySince1970(text, units_of_day_);
  Civil civil;
  for (const Step& step : steps_) {
    if (!ReadStep(step, &text, &civil)) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  return Date::FromCivil(civil.year, civil.month, civil.day);
}

std::string DateFormats::patterns() const {
  std::string patterns;
  for (const DateFormat& format : formats_) patterns += (patterns.empty() ? "" : " or ") + format.pattern();
  return patterns;
}

std::optional<Date> DateFormats::Read(std::string_view text) const {
  for (const DateFormat& format : formats_) {
    if (const auto date = format.Read(text); date.has_value()) return date;
  }
  return std::nullopt;
}

std::optional<TwoReadings> ReadTwoWays(std::string_view text) {
  for (const char sign : {'/', '.', '-'}) {
    for (const std::string_view year : {"YYYY*", "YY"}) {
      const auto pattern = [&](char first, char second) { return std::string{first, sign, second, sign}.append(year); };
      const auto day_first = DateFormat::Parse(pattern('D', 'M'))->Read(text);
      const auto month_first = DateFormat::Parse(pattern('M', 'D'))->Read(text);
      if (!day_first.has_value() || !month_first.has_value() || *day_first == *month_first) continue;
      return TwoReadings{*day_first, *month_first, pattern('D', 'M'), pattern('M', 'D')};
    }
  }
  return std::nullopt;
}

std::optional<std::string> AmountFormat::Read(std::string_view text) const {
  text = TrimmedCell(text);
  bool negative = false;
  if (!TakeSign(&text, &negative)) return std::nullopt;
  const size_t point = text.find(decimal);
  const bool has_decimals = point != std::string_view::npos;
  const std::string_view decimals = has_decimals ? text.substr(point + decimal.size()) : std::string_view();
  if (!AllDigits(decimals) || (has_decimals && decimals.empty())) return std::nullopt;
  auto whole = Ungrouped(text.substr(0, point), thousands);
  if (!whole.has_value()) return std::nullopt;
  if (whole->empty()) {
    if (!has_decimals) return std::nullopt;
    whole->push_back('0');
  }
  if (negative) whole->insert(whole->begin(), '-');
  if (has_decimals) whole->append(1, '.').append(decimals);
  return whole;
}

int SignOf(std::string_view amount) {
  if (amount.find_first_of("123456789") == std::string_view::npos) return 0;
  return amount.starts_with('-') ? -1 : 1;
}

}  // namespace duebook
