// The events of a map, and where the values of their fields come from.

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "ledger/values/suggestion.h"
#include "tools/import/map/map_limits.h"
#include "tools/import/map/map_reader.h"

namespace duebook {

namespace {

constexpr std::array<std::string_view, 6> kCommonFields = {"id", "date", "actor", "memo", "customer", "currency"};

}  // namespace

bool MapReader::ReadEvents(const toml::table& root) {
  const toml::node* list = root.get("event");
  if (list == nullptr) return Fail(1, "the map has no event", "each event that a row becomes begins with [[event]]");
  if (list->as_array() == nullptr) return Fail(LineOf(*list), "write [[event]] with two brackets");
  for (const toml::node& item : *list->as_array()) {
    const toml::table* table = item.as_table();
    if (table == nullptr) return Fail(LineOf(item), "write [[event]] with two brackets");
    if (!ReadEvent(*table)) return false;
  }
  return true;
}

bool MapReader::ReadEvent(const toml::table& table) {
  MapEvent event;
  const toml::node* type_node = table.get("type");
  if (type_node == nullptr) return Fail(LineOf(table), "the event has no type");
  if (!ReadText(*type_node, "type", &event.type)) return false;
  const EventTypeInfo* type = FindEventType(event.type);
  if (type == nullptr) {
    std::vector<std::string_view> all;
    for (const EventTypeInfo& info : AllEventTypes()) all.push_back(info.name);
    return Fail(LineOf(*type_node),
                fmt::format("there is no event type {}{}", Quoted(event.type), DidYouMean(event.type, all)));
  }
  if (const toml::node* once = table.get("once")) {
    const auto value = once->value_exact<bool>();
    if (!value.has_value()) return Fail(LineOf(*once), "once must be true or false");
    event.once = *value;
  }
  if (const toml::node* when = table.get("when")) {
    if (!ReadConditions(*when, &event.when)) return false;
  }
  if (!ReadEventFields(table, *type, &event)) return false;
  map_.events.push_back(std::move(event));
  return true;
}

bool MapReader::ReadEventFields(const toml::table& table, const EventTypeInfo& type, MapEvent* event) {
  for (const auto& [key, node] : table) {
    if (key.str() == "type" || key.str() == "once" || key.str() == "when") continue;
    if (!ReadField(key.str(), type, node, &event->fields.emplace_back())) return false;
  }
  if (every_ != nullptr) {
    for (const auto& [key, node] : *every_) {
      const bool unfit = key.str() == "customer" && type.customer == CustomerUse::kNone;
      if (unfit || table.contains(key.str())) continue;
      if (!ReadField(key.str(), type, node, &event->fields.emplace_back())) return false;
    }
  }
  return CheckRequired(type, LineOf(table), event);
}

bool MapReader::CheckRequired(const EventTypeInfo& type, int line, MapEvent* event) {
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
    if (find(name) == event->fields.size()) return Fail(line, fmt::format("{} needs the field {}", type.name, name));
  }
  event->id_field = find("id");
  event->date_field = find("date");
  return true;
}

bool MapReader::ReadField(std::string_view name, const EventTypeInfo& type, const toml::node& node, MapField* field) {
  const FieldInfo* info = type.FindField(name);
  const bool common = std::find(kCommonFields.begin(), kCommonFields.end(), name) != kCommonFields.end();
  if (!common && (info == nullptr || info->internal)) {
    std::vector<std::string_view> all(kCommonFields.begin(), kCommonFields.end());
    for (const FieldInfo& known : type.fields) {
      if (!known.internal) all.push_back(known.name);
    }
    return Fail(LineOf(node), fmt::format("{} has no field {}{}", type.name, Quoted(name), DidYouMean(name, all)));
  }
  field->name = name;
  field->amount_format = map_.amounts;
  field->date_format = dates_;
  field->format_said = dates_said_;
  if (name == "date" || (!common && info->type == FieldType::kDate)) field->meaning = MapField::Meaning::kDate;
  if (!common && info->type == FieldType::kAmount) field->meaning = MapField::Meaning::kAmount;
  if (const toml::table* table = node.as_table()) return ReadFieldTable(*table, field);
  return ReadTemplate(node, *field, &field->from);
}

bool MapReader::ReadFieldTable(const toml::table& table, MapField* field) {
  if (!CheckKeys(table, fmt::format("the field {}", field->name),
                 {"from", "earliest", "latest", "format", "sign", "translate", "lookup", "otherwise"})) {
    return false;
  }
  for (const auto& [key, node] : table) {
    if (!ReadFieldSetting(key.str(), node, field)) return false;
  }
  int sources = 0;
  for (const std::string_view key : {"from", "earliest", "latest"}) {
    const toml::node* node = table.get(key);
    if (node == nullptr) continue;
    sources++;
    if (key == "earliest") field->choice = MapField::Choice::kEarliest;
    if (key == "latest") field->choice = MapField::Choice::kLatest;
    if (!ReadTemplates(*node, field)) return false;
  }
  if (sources != 1) {
    return Fail(LineOf(table), fmt::format("{} needs one of from, earliest and latest", field->name));
  }
  if (field->choice != MapField::Choice::kFirst && field->meaning != MapField::Meaning::kDate) {
    return Fail(LineOf(table), fmt::format("{} is no date: it has no earliest or latest", field->name));
  }
  if (field->names.has_value() && field->lookup.has_value()) {
    return Fail(LineOf(table), fmt::format("{} has both translate and lookup", field->name));
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
    return require(MapField::Meaning::kDate, "dates") && ReadDateFormat(node, key, &field->date_format);
  }
  if (key == "sign") {
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
    const auto found = lookups_.find(text);
    if (found == lookups_.end()) return Fail(LineOf(node), fmt::format("there is no [lookup.{}]", text));
    field->lookup = found->second;
    field->lookup_name = text;
  } else if (key == "otherwise") {
    return ReadText(node, key, &field->otherwise.emplace());
  }
  return true;
}

bool MapReader::ReadTemplates(const toml::node& node, MapField* field) {
  const toml::array* list = node.as_array();
  if (list == nullptr) return ReadTemplate(node, *field, &field->from);
  for (const toml::node& item : *list) {
    if (!ReadTemplate(item, *field, &field->from)) return false;
  }
  return !field->from.empty() || Fail(LineOf(node), fmt::format("{} is made from an empty list", field->name));
}

bool MapReader::ReadTemplate(const toml::node& node, const MapField& field, std::vector<MapTemplate>* all) {
  std::string text;
  if (const auto* date = node.as_date()) {
    text = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
  } else if (!ReadText(node, field.name, &text)) {
    return false;
  }
  const auto parsed = MapTemplate::Parse(text, [&](std::string_view column) { return SlotOf(column, LineOf(node)); });
  if (!parsed.has_value()) {
    return Fail(LineOf(node), fmt::format("{}: the braces of {} do not match", field.name, Quoted(text)),
                "a column is {Name}; write {{ and }} for braces that are meant");
  }
  if (parsed->column_count() > kMaxTemplateColumns) {
    return Fail(LineOf(node), fmt::format("{} is made of {} columns; at most {} are put together", field.name,
                                          parsed->column_count(), kMaxTemplateColumns));
  }
  if (!CheckColumns(LineOf(node))) return false;
  if (!parsed->has_columns() && !CheckConstant(text, LineOf(node), field)) return false;
  all->push_back(*parsed);
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
