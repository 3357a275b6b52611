#include "tools/workbook/sheet_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "ledger/values/date.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

constexpr size_t kShownDigits = 15;
constexpr int kMostPlaces = 30;  // before or behind the point that are written out

// A number as digits and a power of ten: digits * 10^exponent.
struct Scientific {
  bool is_negative = false;
  std::string digits;  // without zeros at its beginning or its end; "" is 0
  int exponent = 0;
};

std::optional<Scientific> ReadNumber(std::string_view text) {
  Scientific number;
  number.is_negative = text.starts_with('-');
  if (number.is_negative) text.remove_prefix(1);
  const size_t mantissa_end = std::min(text.find_first_of("eE"), text.size());
  std::string_view mantissa = text.substr(0, mantissa_end);
  if (mantissa_end < text.size()) {
    std::string_view exponent = text.substr(mantissa_end + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    const auto read = ParseNumber<int>(exponent);
    if (!read.has_value() || *read > 1000 || *read < -1000) return std::nullopt;
    number.exponent = *read;
  }
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  number.digits = mantissa.substr(0, point);
  if (point < mantissa.size()) {
    number.digits += mantissa.substr(point + 1);
    number.exponent -= static_cast<int>(mantissa.size() - point - 1);
  }
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (number.digits.empty() || !std::all_of(number.digits.begin(), number.digits.end(), is_digit)) return std::nullopt;
  return number;
}

void DropZeros(Scientific* number) {
  number->digits.erase(0, std::min(number->digits.find_first_not_of('0'), number->digits.size()));
  const size_t end = number->digits.find_last_not_of('0') + 1;
  number->exponent += static_cast<int>(number->digits.size() - end);
  number->digits.resize(end);
}

// Half a unit of the last digit that is shown goes up.
void Round(Scientific* number) {
  DropZeros(number);
  if (number->digits.size() <= kShownDigits) return;
  const bool up = number->digits[kShownDigits] >= '5';
  number->exponent += static_cast<int>(number->digits.size() - kShownDigits);
  number->digits.resize(kShownDigits);
  for (size_t i = kShownDigits; up && i-- > 0;) {
    number->digits[i] = number->digits[i] == '9' ? '0' : static_cast<char>(number->digits[i] + 1);
    if (number->digits[i] != '0') break;
    if (i == 0) number->digits.insert(0, 1, '1');
  }
  DropZeros(number);
}

}  // namespace

std::string NumberText(std::string_view text) {
  auto number = ReadNumber(text);
  if (!number.has_value()) return std::string(text);
  Round(&*number);
  std::string& digits = number->digits;
  if (digits.empty()) return "0";
  const int places = static_cast<int>(digits.size()) + number->exponent;  // before the point
  if (places > kMostPlaces || number->exponent < -kMostPlaces) return std::string(text);
  if (number->exponent >= 0) {
    digits.append(static_cast<size_t>(number->exponent), '0');
  } else if (places > 0) {
    digits.insert(static_cast<size_t>(places), 1, '.');
  } else {
    digits.insert(0, "0." + std::string(static_cast<size_t>(-places), '0'));
  }
  return number->is_negative ? "-" + digits : digits;
}

std::optional<std::string> DayText(std::string_view text, bool since_1904) {
  constexpr int64_t kDigitsOfDay = 1'000'000'000;
  constexpr int64_t kSecondsOfDay = 86'400;
  constexpr int64_t kLeapDayOf1900 = 60;
  constexpr int64_t kLastDay = 2'958'465;  // 9999-12-31
  const std::string number = NumberText(text);
  const size_t point = std::min(number.find('.'), number.size());
  const auto days = ParseNumber<int64_t>(std::string_view(number).substr(0, point));
  if (!days.has_value() || number.starts_with('-') || *days > kLastDay) return std::nullopt;
  std::string fraction = point < number.size() ? number.substr(point + 1, 9) : "";
  fraction.resize(9, '0');
  int64_t seconds = (ParseNumber<int64_t>(fraction).value_or(0) * kSecondsOfDay + kDigitsOfDay / 2) / kDigitsOfDay;
  int64_t day = *days + seconds / kSecondsOfDay;
  seconds %= kSecondsOfDay;
  Date first = *Date::Parse("1904-01-01");
  if (!since_1904) {
    if (day < 1 || day == kLeapDayOf1900) return std::nullopt;
    first = *Date::Parse("1899-12-31");
    if (day > kLeapDayOf1900) day--;
  }
  const int64_t since_1970 = first.days() + day;
  if (since_1970 > Date::Max().days()) return std::nullopt;
  const std::string date = Date::FromDays(static_cast<int32_t>(since_1970)).ToString();
  if (seconds == 0) return date;
  return fmt::format("{} {:02}:{:02}:{:02}", date, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

bool IsDayFormat(std::string_view format) {
  for (size_t i = 0; i < format.size(); i++) {
    switch (format[i]) {
      case '"':  // a text
        i = std::min(format.find('"', i + 1), format.size());
        break;
      case '[':  // a colour, a condition, a language
        i = std::min(format.find(']', i + 1), format.size());
        break;
      case '\\':
      case '_':
      case '*':
        i++;
        break;
      case 'y':
      case 'Y':
      case 'd':
      case 'D':
        return true;
      default:
        break;
    }
  }
  return false;
}

// Of ECMA-376, part 1, 18.8.30, with those of East Asian languages.
bool IsBuiltInDayFormat(int format) {
  return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) || format == 36 ||
         (format >= 50 && format <= 54) || format == 57 || format == 58;
}

std::string WithoutEscapes(std::string_view text) {
  constexpr size_t kEscape = 7;
  std::string plain;
  while (true) {
    const size_t at = std::min(text.find("_x"), text.size());
    plain += text.substr(0, at);
    if (at == text.size()) return plain;
    unsigned code = 0;
    const std::string_view escape = text.substr(at, kEscape);
    const char* const digits = escape.data() + 2;
    const bool is_escape =
        escape.size() == kEscape && escape.back() == '_' &&
        std::all_of(digits, digits + 4, [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
    if (is_escape) std::from_chars(digits, digits + 4, code, 16);
    // Half of a pair is no character.
    const bool is_character = is_escape && (code < 0xD800 || code > 0xDFFF);
    if (is_character) AppendUtf8(code, &plain);
    const size_t taken = is_character ? kEscape : 2;
    if (!is_character) plain += escape.substr(0, taken);
    text.remove_prefix(at + taken);
  }
}

}  // namespace duebook
