// The events of a map, and where the values of their fields come from.

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "ledger/values/parse_number.h"
#include "ledger/values/suggestion.h"
#include "tools/import/map/map_limits.h"
#include "tools/import/map/map_reader.h"

namespace duebook {

namespace {

constexpr std::array<std::string_view, 6> kCommonFields = {"id", "date", "actor", "memo", "customer", "currency"};

}  // namespace

void MapReader::ReadEvents(const toml::table& root) {
  const toml::node* list = root.get("event");
  if (list == nullptr) {
    Fail(1, "the map has no event", "each event that a row becomes begins with [[event]]");
  } else if (list->as_array() == nullptr) {
    Fail(LineOf(*list), "write [[event]] with two brackets");
  } else {
    for (const toml::node& item : *list->as_array()) {
      if (const toml::table* table = item.as_table()) {
        ReadEvent(*table);
      } else {
        Fail(LineOf(item), "write [[event]] with two brackets");
      }
    }
  }
}

void MapReader::ReadEvent(const toml::table& table) {
  MapEvent event;
  const toml::node* type_node = table.get("type");
  if (type_node == nullptr) {
    Fail(LineOf(table), "the event has no type");
    return;
  }
  if (!ReadText(*type_node, "type", &event.type)) return;
  const EventTypeInfo* type = FindEventType(event.type);
  if (type == nullptr) {
    std::vector<std::string_view> all;
    for (const EventTypeInfo& info : AllEventTypes()) all.push_back(info.name);
    Fail(LineOf(*type_node),
         fmt::format("there is no event type {}{}", Quoted(event.type), DidYouMean(event.type, all)));
    return;
  }
  if (const toml::node* once = table.get("once")) ReadFlag(*once, "once", &event.once);
  if (const toml::node* together = table.get("together")) {
    ReadFlag(*together, "together", &event.together);
    if (event.once && event.together) Fail(LineOf(*together), "an event is not both once and together");
  }
  if (const toml::node* when = table.get("when")) ReadConditions(*when, &event.when);
  ReadEventFields(table, *type, &event);
  const bool has_sum =
      std::any_of(event.fields.begin(), event.fields.end(), [](const MapField& field) { return field.is_sum; });
  if (has_sum && !event.together) {
    Fail(LineOf(table), fmt::format("{} has a sum, but only of one row", event.type),
         "say together = true: one event of all rows with its id");
  }
  map_.events.push_back(std::move(event));
}

void MapReader::ReadEventFields(const toml::table& table, const EventTypeInfo& type, MapEvent* event) {
  for (const auto& [key, node] : table) {
    if (key.str() == "type" || key.str() == "once" || key.str() == "together" || key.str() == "when") continue;
    ReadField(key.str(), type, node, &event->fields.emplace_back());
  }
  for (const std::string_view key : kEveryFields) {
    const toml::node* node = every_ == nullptr ? nullptr : every_->get(key);
    const bool unfit = key == "customer" && type.customer == CustomerUse::kNone;
    if (node != nullptr && !unfit && !table.contains(key)) ReadField(key, type, *node, &event->fields.emplace_back());
  }
  CheckRequired(type, LineOf(table), event);
}

void MapReader::CheckRequired(const EventTypeInfo& type, int line, MapEvent* event) {
  const auto find = [&](std::string_view name) {
    const auto is_it = [&](const MapField& field) { return field.name == name; };
    return static_cast<size_t>(std::find_if(event->fields.begin(), event->fields.end(), is_it) - event->fields.begin());
  };
  std::vector<std::string_view> needed = {"id", "date"};
  if (type.customer == CustomerUse::kIntroduced) needed.push_back("customer");
  for (const FieldInfo& field : type.fields) {
    if (field.required) needed.push_back(field.name);
  }
  for (const std::string_view name : needed) {
    if (find(name) == event->fields.size()) Fail(line, fmt::format("{} needs the field {}", type.name, name));
  }
  event->id_field = find("id");
  event->date_field = find("date");
}

void MapReader::ReadField(std::string_view name, const EventTypeInfo& type, const toml::node& node, MapField* field) {
  const FieldInfo* info = type.FindField(name);
  const bool common = std::find(kCommonFields.begin(), kCommonFields.end(), name) != kCommonFields.end();
  if (!common && (info == nullptr || info->internal)) {
    std::vector<std::string_view> all(kCommonFields.begin(), kCommonFields.end());
    for (const FieldInfo& known : type.fields) {
      if (!known.internal) all.push_back(known.name);
    }
    Fail(LineOf(node), fmt::format("{} has no field {}{}", type.name, Quoted(name), DidYouMean(name, all)));
    return;
  }
  field->name = name;
  field->amount_format = map_.amounts;
  field->date_formats = dates_;
  field->format_said = dates_said_;
  if (name == "date" || (!common && info->type == FieldType::kDate)) field->meaning = MapField::Meaning::kDate;
  if (!common && info->type == FieldType::kAmount) field->meaning = MapField::Meaning::kAmount;
  if (const toml::table* table = node.as_table()) {
    ReadFieldTable(*table, field);
  } else {
    ReadValue(node, *field, &field->from);
  }
}

bool MapReader::ReadFieldTable(const toml::table& table, MapField* field) {
  bool good = CheckKeys(table, fmt::format("the field {}", field->name),
                        {"from", "earliest", "latest", "strip_prefix", "strip_suffix", "replace", "trim", "upper",
                         "lower", "pad", "format", "round", "sum", "sign", "translate", "lookup", "otherwise"});
  for (const auto& [key, node] : table) good = ReadFieldSetting(key.str(), node, field) && good;
  int sources = 0;
  for (const std::string_view key : {"from", "earliest", "latest"}) {
    const toml::node* node = table.get(key);
    if (node == nullptr) continue;
    sources++;
    if (key == "earliest") field->choice = MapField::Choice::kEarliest;
    if (key == "latest") field->choice = MapField::Choice::kLatest;
    good = ReadValues(*node, field) && good;
  }
  if (!good) return false;
  if (sources != 1) {
    return Fail(LineOf(table), fmt::format("{} needs one of from, earliest and latest", field->name));
  }
  if (field->choice != MapField::Choice::kFirst && field->meaning != MapField::Meaning::kDate) {
    return Fail(LineOf(table), fmt::format("{} is no date: it has no earliest or latest", field->name));
  }
  if (field->names.has_value() && field->lookup.has_value()) {
    return Fail(LineOf(table), fmt::format("{} has both translate and lookup", field->name));
  }
  if (field->is_sum && field->sign == MapField::Sign::kDropped) {
    return Fail(LineOf(table), fmt::format("{} is a sum of amounts without their signs", field->name),
                "what is taken off would be added; sign = \"turn\" turns all of them");
  }
  if (field->otherwise.has_value() && !field->names.has_value() && !field->lookup.has_value()) {
    return Fail(LineOf(table), fmt::format("{} has otherwise, but neither translate nor lookup", field->name));
  }
  return true;
}

bool MapReader::ReadFieldSetting(std::string_view key, const toml::node& node, MapField* field) {
  const auto require = [&](MapField::Meaning meaning, std::string_view what) {
    return field->meaning == meaning ||
           Fail(LineOf(node), fmt::format("{} is for {}, {} is none", key, what, field->name));
  };
  std::string text;
  if (key == "format") {
    field->format_said = true;
    return require(MapField::Meaning::kDate, "dates") && ReadDateFormats(node, key, &field->date_formats);
  }
  if (key == "round") {
    constexpr int64_t kMostDecimals = 4;
    int64_t decimals = 0;
    if (!require(MapField::Meaning::kAmount, "amounts") || !ReadNumber(node, key, 0, kMostDecimals, &decimals)) {
      return false;
    }
    field->decimals = static_cast<int>(decimals);
  } else if (key == "sum") {
    return require(MapField::Meaning::kAmount, "amounts") && ReadFlag(node, key, &field->is_sum);
  } else if (key == "sign") {
    if (!require(MapField::Meaning::kAmount, "amounts") || !ReadText(node, key, &text)) return false;
    if (text != "drop" && text != "turn") return Fail(LineOf(node), "sign must be \"drop\" or \"turn\"");
    field->sign = text == "drop" ? MapField::Sign::kDropped : MapField::Sign::kTurned;
  } else if (key == "translate") {
    if (!require(MapField::Meaning::kText, "texts") || !ReadText(node, key, &text)) return false;
    const auto found = translations_.find(text);
    if (found == translations_.end()) return Fail(LineOf(node), fmt::format("there is no [translate.{}]", text));
    field->names = found->second;
  } else if (key == "lookup") {
    if (!require(MapField::Meaning::kText, "texts") || !ReadText(node, key, &text)) return false;
    size_t place = 0;
    if (!FindLookup(text, LineOf(node), &place)) return false;
    field->lookup = place;
    field->lookup_name = text;
  } else if (key == "otherwise") {
    return ReadText(node, key, &field->otherwise.emplace());
  }
  return ReadChange(key, node, &field->changes);
}

bool MapReader::ReadChange(std::string_view key, const toml::node& node, TextChanges* changes) {
  if (key == "strip_prefix") return ReadText(node, key, &changes->strip_prefix);
  if (key == "strip_suffix") return ReadText(node, key, &changes->strip_suffix);
  if (key == "replace") return ReadReplacements(node, changes);
  if (key == "trim") {
    const auto is_ascii = [](char c) { return (static_cast<uint8_t>(c) & 0x80) == 0; };
    return ReadText(node, key, &changes->trimmed) &&
           (std::all_of(changes->trimmed.begin(), changes->trimmed.end(), is_ascii) ||
            Fail(LineOf(node), "trim takes signs of ASCII", "replace takes any"));
  }
  if (key == "pad") return ReadPadding(node, changes);
  if (key != "upper" && key != "lower") return true;
  bool is_asked = false;
  if (!ReadFlag(node, key, &is_asked)) return false;
  if (!is_asked) return true;
  if (changes->in != TextChanges::Case::kKept) return Fail(LineOf(node), "a text is not both upper and lower");
  changes->in = key == "upper" ? TextChanges::Case::kUpper : TextChanges::Case::kLower;
  return true;
}

bool MapReader::ReadReplacements(const toml::node& node, TextChanges* changes) {
  constexpr std::string_view kForm = "replace is a list of pairs, such as [[\"/\", \"-\"], [\" \", \"\"]]";
  const toml::array* list = node.as_array();
  if (list == nullptr) return Fail(LineOf(node), kForm);
  for (const toml::node& item : *list) {
    const toml::array* pair = item.as_array();
    if (pair == nullptr || pair->size() != 2) return Fail(LineOf(item), kForm);
    auto& [from, to] = changes->replaced.emplace_back();
    if (!ReadText(*pair->get(0), "replace", &from) || !ReadText(*pair->get(1), "replace", &to)) return false;
    if (from.empty()) return Fail(LineOf(item), "replace says nothing that is to be replaced");
  }
  return true;
}

bool MapReader::ReadPadding(const toml::node& node, TextChanges* changes) {
  int64_t width = 0;
  const toml::table* table = node.as_table();
  const toml::node* to = table == nullptr ? &node : table->get("to");
  if (table != nullptr && !CheckKeys(*table, "pad", {"to", "with"})) return false;
  if (to == nullptr)
    return Fail(LineOf(node), "pad does not say to how many characters", "as in { to = 8, with = \"0\" }");
  if (!ReadNumber(*to, "pad", 1, static_cast<int64_t>(kMaxNumberBytes), &width)) return false;
  changes->pad_to = static_cast<size_t>(width);
  const toml::node* with = table == nullptr ? nullptr : table->get("with");
  if (with == nullptr) return true;
  if (!ReadText(*with, "with", &changes->pad_with)) return false;
  return changes->pad_with.size() == 1 || Fail(LineOf(*with), "pad is with one sign, such as \"0\"");
}

bool MapReader::ReadValues(const toml::node& node, MapField* field) {
  const toml::array* list = node.as_array();
  if (list == nullptr) return ReadValue(node, *field, &field->from);
  bool good = true;
  for (const toml::node& item : *list) good = ReadValue(item, *field, &field->from) && good;
  if (!good) return false;
  return !field->from.empty() || Fail(LineOf(node), fmt::format("{} is made from an empty list", field->name));
}

// Dates and amounts can be worked out; of texts all signs are meant.
bool MapReader::ReadValue(const toml::node& node, const MapField& field, std::vector<MapValue>* all) {
  std::string text;
  if (!ReadTemplateText(node, field, &text)) return false;
  const int line = LineOf(node);
  const bool is_text = field.meaning == MapField::Meaning::kText;
  const MapOperands operands = is_text ? MapOperands{text, {}} : OperandsOf(text);
  MapValue& value = all->emplace_back();
  if (!ReadTemplate(operands.first, line, field, &value.text)) return false;
  const bool is_date = field.meaning == MapField::Meaning::kDate;
  MapField number = field;
  if (is_date) number.meaning = MapField::Meaning::kText;
  for (const auto& [op, operand] : operands.others) {
    MapTemplate read;
    if (!ReadTemplate(operand, line, number, &read)) return false;
    const bool is_days = read.has_columns() || ParseNumber<int32_t>(operand).has_value();
    if (is_date && (op == MapValue::Operator::kTimes || !is_days)) {
      return Fail(line, fmt::format("{} is a date, to which days are added", field.name), "as in \"{Date} + 30\"");
    }
    value.operands.push_back({op, std::move(read)});
  }
  if (!value.operands.empty() && !value.has_columns()) {
    return Fail(line, fmt::format("{} is worked out of no column", field.name), "write what it comes to");
  }
  return CheckColumnCount(value.column_count(), line, field);
}

bool MapReader::CheckColumnCount(size_t count, int line, const MapField& field) {
  return count <= kMaxTemplateColumns || Fail(line, fmt::format("{} is made of {} columns; at most {} are put together",
                                                                field.name, count, kMaxTemplateColumns));
}

bool MapReader::ReadTemplateText(const toml::node& node, const MapField& field, std::string* text) {
  const auto* date = node.as_date();
  if (date == nullptr) return ReadText(node, field.name, text);
  *text = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
  return true;
}

bool MapReader::ReadTemplate(std::string_view text, int line, const MapField& field, MapTemplate* read) {
  const auto parsed = MapTemplate::Parse(text, [&](std::string_view column) { return SlotOf(column, line); });
  if (!parsed.has_value()) {
    return Fail(line, fmt::format("{}: the braces of {} do not match", field.name, Quoted(text)),
                "a column is {Name}; write {{ and }} for braces that are meant");
  }
  if (!CheckColumnCount(parsed->column_count(), line, field) || !CheckColumns(line)) return false;
  if (!parsed->has_columns() && !CheckConstant(std::string(text), line, field)) return false;
  *read = *parsed;
  return true;
}

bool MapReader::CheckConstant(const std::string& text, int line, const MapField& field) {
  if (text.empty()) return Fail(line, fmt::format("{} is empty", field.name), "leave the field out");
  if (field.meaning == MapField::Meaning::kDate && !Date::Parse(text).has_value()) {
    return Fail(line, fmt::format("{} is {}, not a date YYYY-MM-DD", field.name, Quoted(text)),
                "the column of that name is written {" + text + "}");
  }
  if (field.meaning == MapField::Meaning::kAmount && !Decimal::Parse(text).has_value()) {
    return Fail(line, fmt::format("{} is {}, not an amount", field.name, Quoted(text)),
                "the column of that name is written {" + text + "}");
  }
  return true;
}

}  // namespace duebook
