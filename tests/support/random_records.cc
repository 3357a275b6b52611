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
  const bool by_payment = Chance();
  for (const FieldInfo& field : type.fields) {
    if (field.internal) continue;
    bool given = field.required || complete || Chance();
    const bool either = type.type == EventType::PaymentApplied || type.type == EventType::RefundPaid;
    if (either && field.name == "payment") given = by_payment;
    if (either && field.name == "credit_note") given = !by_payment;
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
      return NumberValue(Keep(std::to_string(Below(1201))));
    case FieldType::kHash:
      return TextValue(Keep(ToHex(Sha256(std::to_string(Below(1000))))));
    case FieldType::kTextList:
      return Texts();
    case FieldType::kItems:
      return field.name == "instalments" ? Instalments() : Bands();
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

RawValue RandomRecords::Instalments() {
  std::vector<RawValue> items;
  std::string cell;
  for (uint32_t n = Below(4) + 1; n > 0; n--) {
    RawValue due = DateOf(), amount = AmountOf(false);
    cell.append(cell.empty() ? "" : ";").append(due.text).append(1, ' ').append(amount.text);
    items.push_back(ObjectValue({{"due", std::move(due)}, {"amount", std::move(amount)}}));
  }
  return Chance() ? CellValue(Keep(std::move(cell))) : ListValue(std::move(items));
}

RawValue RandomRecords::Bands() {
  std::vector<RawValue> items;
  for (uint32_t n = Below(4) + 1; n > 0; n--) {
    std::vector<RawMember> members;
    if (Chance()) members.emplace_back("up_to", AmountOf(false));
    if (Chance()) members.emplace_back("approvals", NumberValue(Keep(std::to_string(Below(5)))));
    if (Chance()) members.emplace_back("roles", ListValue({TextValue("controller"), TextValue("chief officer")}));
    items.push_back(ObjectValue(std::move(members)));
  }
  return ListValue(std::move(items));
}

}  // namespace duebook
