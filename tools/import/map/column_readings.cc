#include "tools/import/map/column_readings.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "tools/import/map/foreign_values.h"

namespace duebook {

namespace {

// Forms of dates, those that want most before those that want less.
constexpr std::string_view kDatePatterns[] = {
    "YYYY-MM-DD",   "YYYYMMDD",    "DD.MM.YYYY", "D.M.YYYY",    "DD.MM.YY",     "D.M.YY",      "DD/MM/YYYY",
    "D/M/YYYY",     "MM/DD/YYYY",  "M/D/YYYY",   "DD/MM/YY",    "D/M/YY",       "MM/DD/YY",    "M/D/YY",
    "DD-MM-YYYY",   "MM-DD-YYYY",  "YYYY/MM/DD", "YYYY/M/D",    "YYYY.MM.DD",   "YYYY-M-D",    "YYYY年M月D日",
    "D-MMM-YYYY",   "D-MMM-YY",    "D MMM YYYY", "D. MMM YYYY", "D. MMMM YYYY", "D MMMM YYYY", "MMM D, YYYY",
    "MMMM D, YYYY", "YYYY-MM-DD*", "DD.MM.YYYY*"};
// Numbers of days are such times, too, so that they are tried only where nothing else fits.
constexpr std::string_view kTimePatterns[] = {"epoch", "epoch_ms"};

const AmountFormat kAmountFormats[] = {{".", ""},  {".", ","}, {",", ""},  {",", "."},
                                       {",", " "}, {".", " "}, {".", "'"}, {",", "\u00a0"}};

const std::vector<DateFormat>& AllDateFormats() {
  static const std::vector<DateFormat> formats = [] {
    std::vector<DateFormat> all;
    for (const std::string_view pattern : kDatePatterns) all.push_back(*DateFormat::Parse(pattern));
    for (const std::string_view pattern : kTimePatterns) all.push_back(*DateFormat::Parse(pattern));
    return all;
  }();
  return formats;
}

Hash Chained(const Hash& values, std::string_view value) {
  return Sha256(std::string(reinterpret_cast<const char*>(values.data()), values.size()).append(value));
}

// Of the forms from `begin` to `end`, those that fit all columns, one of each kind that reads something else.
template <class Fits, class ValuesOf>
std::vector<size_t> Different(size_t begin, size_t end, const Fits& fits, const ValuesOf& values_of) {
  std::vector<size_t> different;
  std::vector<Hash> known;
  for (size_t form = begin; form < end; form++) {
    if (!fits(form)) continue;
    const Hash values = values_of(form);
    if (std::find(known.begin(), known.end(), values) != known.end()) continue;
    known.push_back(values);
    different.push_back(form);
  }
  return different;
}

}  // namespace

ColumnReadings::ColumnReadings() : dates_(AllDateFormats().size()), amounts_(std::size(kAmountFormats)) {}

void ColumnReadings::Add(std::string_view cell) {
  if (texts_.size() < kMostTexts && std::find(texts_.begin(), texts_.end(), cell) == texts_.end()) {
    texts_.emplace_back(cell);
  }
  const auto take = [](const std::optional<std::string>& value, Reading* reading) {
    reading->fits = value.has_value();
    if (value.has_value()) reading->values = Chained(reading->values, *value);
  };
  for (size_t form = 0; form < dates_.size(); form++) {
    if (!dates_[form].fits) continue;
    const auto date = AllDateFormats()[form].Read(cell);
    take(date.has_value() ? std::optional(date->ToString()) : std::nullopt, &dates_[form]);
  }
  for (size_t form = 0; form < amounts_.size(); form++) {
    if (!amounts_[form].fits) continue;
    const auto amount = kAmountFormats[form].Read(cell);
    take(amount, &amounts_[form]);
    has_negative_ = has_negative_ || (amount.has_value() && SignOf(*amount) < 0);
  }
}

std::vector<std::string> ColumnReadings::DateForms(const std::vector<const ColumnReadings*>& columns) {
  const auto fits = [&](size_t form) {
    return std::all_of(columns.begin(), columns.end(),
                       [form](const ColumnReadings* column) { return column->dates_[form].fits; });
  };
  const auto values_of = [&](size_t form) {
    Hash values{};
    for (const ColumnReadings* column : columns) {
      const Hash& own = column->dates_[form].values;
      values = Chained(values, {reinterpret_cast<const char*>(own.data()), own.size()});
    }
    return values;
  };
  const size_t patterns = std::size(kDatePatterns);
  std::vector<size_t> forms = Different(0, patterns, fits, values_of);
  if (forms.empty()) forms = Different(patterns, AllDateFormats().size(), fits, values_of);
  std::vector<std::string> written;
  written.reserve(forms.size());
  for (const size_t form : forms) written.push_back(fmt::format("date = \"{}\"", AllDateFormats()[form].pattern()));
  return written;
}

std::vector<std::string> ColumnReadings::AmountForms() const {
  const auto fits = [this](size_t form) { return amounts_[form].fits; };
  const auto values_of = [this](size_t form) { return amounts_[form].values; };
  std::vector<std::string> written;
  for (const size_t form : Different(0, amounts_.size(), fits, values_of)) {
    const AmountFormat& format = kAmountFormats[form];
    written.push_back(fmt::format("decimal = \"{}\"", format.decimal));
    if (!format.thousands.empty()) written.back() += fmt::format("\nthousands = \"{}\"", format.thousands);
  }
  return written;
}

}  // namespace duebook
