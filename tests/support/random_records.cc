#include "tests/support/random_records.h"

#include <algorithm>
#include <iterator>

namespace duebook {

Record RandomRecords::Make(const EventTypeInfo& type, bool complete) {
  texts_.clear();
  Record record;
  const auto add = [&](std::string_view name, RawValue value) { record.fields.emplace_back(name, std::move(value)); };
  add("type", TextValue(type.name));
  add("id", TextOf(10, false));
  add("date", DateOf());
  if (complete || Chance()) add("actor", TextOf(10, false));
  if (complete || Chance()) add("memo", TextOf(100, true));
  if (complete || Chance()) add("currency", TextValue(Chance() ? "CNY" : "KWD"));
  if (type.customer != CustomerUse::kNone && (complete || !type.names_documents || Chance())) {
    add("customer", TextOf(10, false));
  }
  const auto either =
      std::count_if(type.fields.begin(), type.fields.end(), [](const FieldInfo& field) { return field.is_one_of; });
  int64_t passed_over = either == 0 ? 0 : Below(static_cast<uint32_t>(either));
  for (const FieldInfo& field : type.fields) {
    if (field.internal) continue;
    bool given = field.required || complete || Chance();
    if (field.is_one_of) given = passed_over-- == 0;
    if (type.type == EventType::CustomerChanged && field.name == "name") given = true;
    if (given) add(field.name, ValueOf(field));
  }
  // Whatever names no document needs a customer.
  const auto is_named = [&](const auto& given) {
    const FieldInfo* field = type.FindField(given.name);
    return given.name == "customer" || (field != nullptr && field->names != DocumentKind::kNone);
  };
  if (type.customer == CustomerUse::kRequired && std::none_of(record.fields.begin(), record.fields.end(), is_named)) {
    add("customer", TextOf(10, false));
  }
  std::shuffle(record.fields.begin(), record.fields.end(), random_);
  record.source = std::to_string(Below(1000)).append(":random");
  return record;
}

RawValue RandomRecords::ValueOf(const FieldInfo& field) {
  switch (field.type) {
    case FieldType::kText:
      return TextOf(16, false);
    case FieldType::kProse:
      return TextOf(1000, true);
    case FieldType::kDate:
      return DateOf();
    case FieldType::kAmount:
      return AmountOf(field.zero_allowed);
    case FieldType::kInteger:
      return IntegerOf(field);
    case FieldType::kHash:
      return TextValue(Keep(ToHex(Sha256(std::to_string(Below(1000))))));
    case FieldType::kTextList:
      return Texts();
    case FieldType::kItems:
      return ItemsOf(field);
    case FieldType::kDates:
    case FieldType::kChosenBand:
      break;  // internal
  }
  return {};
}

// Never empty, neither led nor ended by a space, and without the signs that join lists in cells.
RawValue RandomRecords::TextOf(size_t max_characters, bool prose) {
  static constexpr std::string_view kCharacters[] = {"a", "Z", "0", "-",  "\"",   "\\", "/",
                                                     "'", ",", "é", "中", "🧾", "<",  "%"};
  std::string text(1, static_cast<char>('a' + Below(26)));
  for (uint32_t n = Below(static_cast<uint32_t>(max_characters)); n > 0; n--) {
    text.append(prose && Below(10) == 0 ? "\n" : kCharacters[Below(std::size(kCharacters))]);
  }
  return Chance() ? TextValue(Keep(std::move(text))) : CellValue(Keep(std::move(text)));
}

RawValue RandomRecords::AmountOf(bool zero_allowed) {
  std::string text = std::to_string(Below(2) == 0 ? Below(100) : Below(2'000'000'000));
  const bool zero = text == "0";
  if (zero && !zero_allowed) text.front() = '1';
  if (Chance()) text.append(1, '.').append(std::to_string(Below(100) + 100), 1);
  if (Chance()) return NumberValue(Keep(std::move(text)));
  return Chance() ? TextValue(Keep(std::move(text))) : CellValue(Keep(std::move(text)));
}

RawValue RandomRecords::DateOf() {
  const Date date = Date::Min().AddDays(Below(static_cast<uint32_t>(Date::Max() - Date::Min()) + 1));
  return TextValue(Keep(date.ToString()));
}

RawValue RandomRecords::Texts() {
  std::vector<RawValue> items;
  std::string cell;
  for (uint32_t i = 0, n = Below(4) + 1; i < n; i++) {
    std::string item = std::to_string(i) + std::string(TextOf(5, false).text);
    cell.append(cell.empty() ? "" : ";").append(item);
    items.push_back(TextValue(Keep(std::move(item))));
  }
  return Chance() ? CellValue(Keep(std::move(cell))) : ListValue(std::move(items));
}

RawValue RandomRecords::IntegerOf(const FieldInfo& field) {
  const auto values = static_cast<uint32_t>(field.most_integer - field.least_integer) + 1;
  return NumberValue(Keep(std::to_string(field.least_integer + static_cast<int32_t>(Below(values)))));
}

RawValue RandomRecords::ItemsOf(const FieldInfo& list) {
  const bool as_cell = Chance();
  std::vector<RawValue> items;
  std::string cell;
  for (uint32_t n = Below(4) + 1; n > 0; n--) {
    std::vector<RawMember> members;
    std::string text;
    for (const FieldInfo& part : list.items) {
      text += text.empty() ? "" : " ";
      const bool needed = part.required || (as_cell && part.type == FieldType::kInteger);  // numbers are never left out
      if (!needed && Chance()) {
        text += '-';
        continue;
      }
      RawValue value = part.type == FieldType::kTextList ? TextsOfItem(&part == &list.items.back()) : ValueOf(part);
      text += value.kind == RawValue::Kind::kList ? JoinedBy('+', value) : std::string(value.text);
      members.emplace_back(part.name, std::move(value));
    }
    cell.append(cell.empty() ? "" : ";").append(text);
    items.push_back(ObjectValue(std::move(members)));
  }
  return as_cell ? CellValue(Keep(std::move(cell))) : ListValue(std::move(items));
}

// Last in an item, a text may hold blanks.
RawValue RandomRecords::TextsOfItem(bool last) {
  std::vector<RawValue> texts;
  for (uint32_t i = 0, n = Below(3) + 1; i < n; i++) {
    std::string text = std::to_string(i) + std::string(TextOf(5, false).text);
    if (last && Chance()) text += " officer";
    texts.push_back(TextValue(Keep(std::move(text))));
  }
  return ListValue(std::move(texts));
}

std::string RandomRecords::JoinedBy(char sign, const RawValue& list) {
  std::string joined;
  for (const RawMember& member : list.members) {
    if (!joined.empty()) joined += sign;
    joined += member.value.text;
  }
  return joined;
}

}  // namespace duebook
