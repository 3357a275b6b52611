#include "tools/import/map/import_map.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/check.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

// Of an id as it is put together, which may be shorter once it is normalized. Ids are kept for every row.
constexpr size_t kMostIdBytes = 4 * kMaxNumberBytes;

Rejection NotADate(const MapTemplate& text, const DateFormat& format, std::string_view value) {
  return {RejectionCode::kBadDate,
          fmt::format("{} is {}, not a date of the form {}", text.column(), Quoted(value), format.pattern()),
          text.column()};
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

std::optional<Rejection> MapField::ReadOne(const MapTemplate& text, RowCells row, const LookupTables& tables,
                                           std::string* value) const {
  if (!text.Write(row, value)) return std::nullopt;
  if (value->size() > MapTemplate::kMaxBytes) {
    return Rejection{RejectionCode::kTooLong,
                     fmt::format("{} would have more than {} bytes, put together from {}", name, MapTemplate::kMaxBytes,
                                 text.column()),
                     text.column()};
  }
  if (meaning == Meaning::kDate && text.has_columns()) {
    const auto date = date_format.Read(*value);
    if (!date.has_value()) return NotADate(text, date_format, *value);
    *value = date->ToString();
  } else if (meaning == Meaning::kAmount && text.has_columns()) {
    auto amount = amount_format.Read(*value);
    if (!amount.has_value()) return NotAnAmount(text.column(), amount_format, *value);
    *value = std::move(*amount);
    ChangeSign(sign, value);
  } else if (names.has_value()) {
    const auto found = names->find(*value);
    if (found == names->end() && !otherwise.has_value()) {
      return Rejection{RejectionCode::kBadField,
                       fmt::format("{} is {}, which the map does not translate", text.column(), Quoted(*value)),
                       text.column()};
    }
    *value = found == names->end() ? *otherwise : found->second;
  } else if (lookup.has_value()) {
    return LookUp(text, tables[*lookup], value);
  }
  return std::nullopt;
}

std::optional<Rejection> MapField::Read(RowCells row, const LookupTables& tables, std::string* value) const {
  value->clear();
  std::string one;
  for (const MapTemplate& text : from) {
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

std::optional<std::string> MapField::WhyUndecided(RowCells row) const {
  if (meaning != Meaning::kDate || format_said) return std::nullopt;
  std::string value;
  for (const MapTemplate& text : from) {
    if (!text.has_columns() || !text.Write(row, &value)) continue;
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
  for (size_t slot = 1; slot < columns.size(); slot++) {
    const std::string& wanted = columns[slot].name;
    const auto found = std::find(header.begin(), header.end(), wanted);
    const std::string place = fmt::format("{}:{}", name, columns[slot].line);
    if (found == header.end()) {
      if (IsOneOf(wanted, optional)) continue;
      std::string all;
      for (const std::string& column : header) all.append(all.empty() ? "" : ", ").append(Printable(column));
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{}: the file has no column {}{}", place, Quoted(wanted),
                               DidYouMean(wanted, {header.begin(), header.end()})),
                   fmt::format("its columns are: {}", all)};
    }
    if (std::find(found + 1, header.end(), wanted) != header.end()) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("{}: the file has two columns {}", place, Quoted(wanted)),
                   "rename one of them"};
    }
  }
  return Status();
}

std::optional<Rejection> ImportMap::Test(const MapConditions& conditions, RowCells row, bool* holds) const {
  *holds = std::all_of(conditions.begin(), conditions.end(), [&](const MapCondition& condition) {
    const std::string_view cell = row[condition.slot];
    return (condition.any_of.empty() || IsOneOf(cell, condition.any_of)) && !IsOneOf(cell, condition.none_of) &&
           condition.empty.value_or(cell.empty()) == cell.empty();
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
