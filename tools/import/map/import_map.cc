#include "tools/import/map/import_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/values/parse_number.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/map/exact_number.h"
#include "tools/import/map/map_faults.h"

namespace duebook {

namespace {

// The most bytes of an id as it is put together, which may be shorter once it is normalized. Ids are kept for every
// row.
constexpr size_t kMostIdBytes = 4 * kMaxNumberBytes;

Rejection NotADate(const std::string& column, const DateFormats& formats, std::string_view value) {
  return {RejectionCode::kBadDate,
          fmt::format("{} is {}, not a date of the form {}", column, Quoted(value), formats.patterns()), column};
}

Rejection NoDays(const std::string& column, std::string_view value) {
  return {RejectionCode::kBadDate, fmt::format("{} is {}, not a number of days", column, Quoted(value)), column};
}

Rejection NoSuchDay(const std::string& column, std::string_view value) {
  return {RejectionCode::kBadDate,
          fmt::format("{} is {}, and the years 1 to 9999 have no day so many days away", column, Quoted(value)),
          column};
}

Rejection TooLarge(const MapValue& value, RowCells row) {
  return {RejectionCode::kBadAmount,
          fmt::format("the amount has too many digits, worked out with {}", value.Describe(row)), value.column()};
}

Rejection NotAnAmount(const std::string& column, const AmountFormat& format, std::string_view value) {
  const std::string thousands =
      format.thousands.empty() ? "" : fmt::format(" and {} between thousands", Quoted(format.thousands));
  return {RejectionCode::kBadAmount,
          fmt::format("{} is {}, not an amount with {} before decimals{}", column, Quoted(value),
                      Quoted(format.decimal), thousands),
          column};
}

void ChangeSign(MapField::Sign sign, std::string* amount) {
  if (sign == MapField::Sign::kKept) return;
  const bool negative = amount->starts_with('-');
  if (negative) {
    amount->erase(0, 1);
  } else if (sign == MapField::Sign::kTurned) {
    amount->insert(amount->begin(), '-');
  }
}

bool IsOneOf(std::string_view text, const std::vector<std::string>& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

void LookupTable::Add(std::string key, std::string value) {
  const auto [known, is_new] = values_.emplace(std::move(key), value);
  if (!is_new && known->second != value) known->second.reset();
}

LookupTable::Answer LookupTable::Replace(std::string* key) const {
  const auto found = values_.find(*key);
  if (found == values_.end()) return Answer::kUnknown;
  if (!found->second.has_value()) return Answer::kAmbiguous;
  *key = *found->second;
  return Answer::kFound;
}

bool LookupTable::Has(const std::string& key) const { return values_.contains(key); }

std::optional<Rejection> MapField::LookUp(const MapTemplate& text, const LookupTable& table, std::string* value) const {
  const LookupTable::Answer answer = table.Replace(value);
  if (answer == LookupTable::Answer::kFound) return std::nullopt;
  if (answer == LookupTable::Answer::kUnknown && otherwise.has_value()) {
    *value = *otherwise;
    return std::nullopt;
  }
  const std::string_view why = answer == LookupTable::Answer::kUnknown ? "is not in" : "stands for different values in";
  return Rejection{RejectionCode::kUnknownReference,
                   fmt::format("{} is {}, which {} the look-up {}", text.column(), Quoted(*value), why, lookup_name),
                   text.column()};
}

bool MapField::Write(const MapTemplate& text, RowCells row, std::string* value) const {
  if (!text.Write(row, value)) return false;
  if (text.has_columns() && value->size() <= MapTemplate::kMaxBytes) changes.Apply(value);
  return !value->empty();
}

// What is added or taken off are days. Without one of the two there is no date.
std::optional<Rejection> MapField::ReadDate(const MapValue& text, RowCells row, std::string* value) const {
  auto date = date_formats.Read(*value);
  if (!text.text.has_columns()) date = Date::Parse(*value);
  if (!date.has_value()) return NotADate(text.column(), date_formats, *value);
  for (const MapValue::Operand& operand : text.operands) {
    if (!Write(operand.text, row, value)) {
      value->clear();
      return std::nullopt;
    }
    const auto days = ParseNumber<int32_t>(*value);
    if (!days.has_value()) return NoDays(operand.text.column(), *value);
    const int64_t later = operand.op == MapValue::Operator::kMinus ? -int64_t{*days} : int64_t{*days};
    const Date moved = date->AddDays(later);
    if (moved - *date != later) return NoSuchDay(operand.text.column(), *value);
    date = moved;
  }
  *value = date->ToString();
  return std::nullopt;
}

// A sum of products. What is empty is nothing in a sum, and makes a product nothing; if all is empty, there is no
// amount.
std::optional<Rejection> MapField::ReadAmount(const MapValue& text, RowCells row, std::string* value) const {
  bool has_value = false;
  const auto read = [&](const MapTemplate& operand, ExactNumber* number) -> std::optional<Rejection> {
    *number = ExactNumber();
    if (!Write(operand, row, value)) return std::nullopt;
    has_value = has_value || operand.has_columns();
    const auto amount = operand.has_columns() ? amount_format.Read(*value) : std::optional(*value);
    if (!amount.has_value()) return NotAnAmount(operand.column(), amount_format, *value);
    const auto exact = ExactNumber::Parse(*amount);
    if (!exact.has_value()) return TooLarge(text, row);
    *number = *exact;
    return std::nullopt;
  };
  ExactNumber sum, product, factor;
  bool is_negative = false;
  if (auto rejection = read(text.text, &product)) return rejection;
  for (size_t i = 0; i <= text.operands.size(); i++) {
    const bool ends = i == text.operands.size();
    if (!ends) {
      if (auto rejection = read(text.operands[i].text, &factor)) return rejection;
    }
    if (!ends && text.operands[i].op == MapValue::Operator::kTimes) {
      const auto times = product.Times(factor);
      if (!times.has_value()) return TooLarge(text, row);
      product = *times;
      continue;
    }
    const auto plus = sum.Plus(is_negative ? product.Negative() : product);
    if (!plus.has_value()) return TooLarge(text, row);
    sum = *plus;
    is_negative = !ends && text.operands[i].op == MapValue::Operator::kMinus;
    product = factor;
  }
  value->clear();
  if (has_value) *value = (decimals.has_value() ? sum.Rounded(*decimals) : sum).ToString();
  return std::nullopt;
}

std::optional<Rejection> MapField::ReadText(const MapTemplate& text, const LookupTables& tables,
                                            std::string* value) const {
  if (lookup.has_value()) return LookUp(text, tables[*lookup], value);
  if (!names.has_value()) return std::nullopt;
  const auto found = names->find(*value);
  if (found == names->end() && !otherwise.has_value()) {
    return Rejection{RejectionCode::kBadField,
                     fmt::format("{} is {}, which the map does not translate", text.column(), Quoted(*value)),
                     text.column()};
  }
  *value = found == names->end() ? *otherwise : found->second;
  return std::nullopt;
}

std::optional<Rejection> MapField::ReadOne(const MapValue& text, RowCells row, const LookupTables& tables,
                                           std::string* value) const {
  const bool has_value = Write(text.text, row, value);
  if (value->size() > MapTemplate::kMaxBytes) {
    return Rejection{RejectionCode::kTooLong,
                     fmt::format("{} would have more than {} bytes, put together from {}", name, MapTemplate::kMaxBytes,
                                 text.column()),
                     text.column()};
  }
  if (!has_value && (meaning != Meaning::kAmount || text.operands.empty())) return std::nullopt;
  if (meaning == Meaning::kText) return ReadText(text.text, tables, value);
  if (!text.has_columns()) return std::nullopt;  // as it was found when the map was read
  if (meaning == Meaning::kDate) return ReadDate(text, row, value);
  if (!text.operands.empty() || decimals.has_value()) {
    if (auto rejection = ReadAmount(text, row, value)) return rejection;
    if (value->empty()) return std::nullopt;
  } else {  // as it is written, down to the zeros at its end
    auto amount = amount_format.Read(*value);
    if (!amount.has_value()) return NotAnAmount(text.column(), amount_format, *value);
    *value = std::move(*amount);
  }
  ChangeSign(sign, value);
  return std::nullopt;
}

std::optional<Rejection> MapField::Read(RowCells row, const LookupTables& tables, std::string* value) const {
  value->clear();
  std::string one;
  for (const MapValue& text : from) {
    if (auto rejection = ReadOne(text, row, tables, &one)) return rejection;
    if (one.empty()) continue;
    // Years have four digits, so dates order as their texts do.
    const bool better =
        value->empty() || (choice == Choice::kEarliest && one < *value) || (choice == Choice::kLatest && one > *value);
    if (better) *value = one;
    if (choice == Choice::kFirst) return std::nullopt;
  }
  return std::nullopt;
}

bool MapField::Names(size_t slot) const {
  return std::any_of(from.begin(), from.end(), [slot](const MapValue& value) { return value.Names(slot); });
}

std::string MapField::HowWorkedOut(RowCells row) const {
  std::string how;
  for (const MapValue& value : from) {
    if (value.operands.empty()) continue;
    how += fmt::format("{} worked out with {}", how.empty() ? "," : " or", value.Describe(row));
  }
  return how;
}

std::optional<std::string> MapField::WhyUndecided(RowCells row) const {
  if (meaning != Meaning::kDate || format_said) return std::nullopt;
  std::string value;
  for (const MapValue& text : from) {
    if (!text.text.has_columns() || !Write(text.text, row, &value)) continue;
    const auto readings = ReadTwoWays(value);
    if (!readings.has_value()) continue;
    return fmt::format("{} is {}: that is {} as {}, and {} as {}", text.column(), Quoted(value),
                       readings->day_first.ToString(), readings->day_first_pattern, readings->month_first.ToString(),
                       readings->month_first_pattern);
  }
  return std::nullopt;
}

std::optional<std::string> MapEvent::WhyUndecided(RowCells row) const {
  for (const MapField& field : fields) {
    if (auto why = field.WhyUndecided(row)) return why;
  }
  return std::nullopt;
}

bool MapEvent::IsNumberedByContent() const { return fields[id_field].Names(ImportMap::kRowDigestSlot); }

std::optional<Rejection> MapEvent::Read(RowCells row, const LookupTables& tables,
                                        std::vector<std::string>* values) const {
  values->resize(fields.size());
  for (size_t i = 0; i < fields.size(); i++) {
    if (auto rejection = fields[i].Read(row, tables, &(*values)[i])) return rejection;
  }
  for (const size_t needed : {id_field, date_field}) {
    if (!(*values)[needed].empty()) continue;
    const MapField& field = fields[needed];
    const std::string& column = field.from.front().column();
    return Rejection{RejectionCode::kMissingField,
                     fmt::format("{} of {} is missing: {} is empty", field.name, type, column), column};
  }
  const std::string& id = (*values)[id_field];
  if (id.size() > kMostIdBytes) {
    const std::string& column = fields[id_field].from.front().column();
    return Rejection{RejectionCode::kTooLong,
                     fmt::format("id of {} has {} bytes; at most {} are allowed", type, id.size(), kMaxNumberBytes),
                     column};
  }
  return std::nullopt;
}

Status ImportMap::CheckColumns(const std::vector<std::string>& header) const {
  MapFaults faults(name);
  for (size_t slot = 1; slot < columns.size(); slot++) {
    const std::string& wanted = columns[slot].name;
    const auto found = std::find(header.begin(), header.end(), wanted);
    if (found == header.end()) {
      if (IsOneOf(wanted, optional)) continue;
      faults.Add(columns[slot].line, fmt::format("the file has no column {}{}", Quoted(wanted),
                                                 DidYouMean(wanted, {header.begin(), header.end()})));
      faults.SetLastHint(fmt::format("its columns are: {}", fmt::join(header, ", ")));
    } else if (std::find(found + 1, header.end(), wanted) != header.end()) {
      faults.Add(columns[slot].line, fmt::format("the file has two columns {}", Quoted(wanted)), "rename one of them");
    }
  }
  return faults.empty() ? Status() : faults.Take();
}

std::optional<Rejection> ImportMap::Test(const MapConditions& conditions, RowCells row, const LookupTables& tables,
                                         bool* holds) const {
  *holds = std::all_of(conditions.begin(), conditions.end(), [&](const MapCondition& condition) {
    const std::string_view cell = row[condition.slot];
    return (condition.any_of.empty() || IsOneOf(cell, condition.any_of)) && !IsOneOf(cell, condition.none_of) &&
           condition.empty.value_or(cell.empty()) == cell.empty() &&
           (!condition.lookup.has_value() || tables[*condition.lookup].Has(std::string(cell)) == condition.is_found);
  });
  for (const MapCondition& condition : conditions) {
    if (!*holds) return std::nullopt;
    if (!condition.sign.has_value()) continue;
    const auto amount = amounts.Read(row[condition.slot]);
    if (!amount.has_value()) return NotAnAmount(condition.column, amounts, row[condition.slot]);
    *holds = SignOf(*amount) == *condition.sign;
  }
  return std::nullopt;
}

}  // namespace duebook
