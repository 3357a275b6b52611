#include "ledger/event/event_json.h"

#include "ledger/event/event_fields.h"
#include "ledger/values/json_text.h"

namespace duebook {
namespace {

void AppendName(std::string_view name, std::string* json) {
  if (json->back() != '{') json->push_back(',');
  AppendJsonText(name, json);
  json->push_back(':');
}

// Nothing if the text is absent.
void AppendMember(std::string_view name, std::string_view text, std::string* json) {
  if (text.empty()) return;
  AppendName(name, json);
  AppendJsonText(text, json);
}

template <class List, class AppendItem>
void AppendList(std::string_view name, const List* list, std::string* json, AppendItem&& append_item) {
  if (list == nullptr) return;
  AppendName(name, json);
  json->push_back('[');
  for (const auto* item : *list) {
    if (json->back() != '[') json->push_back(',');
    append_item(item);
  }
  json->push_back(']');
}

void AppendTexts(std::string_view name, const TextVector* list, std::string* json) {
  AppendList(name, list, json, [&](const flatbuffers::String* text) { AppendJsonText(EventView::Text(text), json); });
}

void AppendPairs(const flatbuffers::Table& table, const FieldInfo& field, std::string* json) {
  const auto* pairs = PointerField<ItemVector>(table, field);
  if (pairs == nullptr) return;
  AppendName(field.name, json);
  json->push_back('{');
  for (const flatbuffers::Table* pair : *pairs) {
    AppendMember(TextField(*pair, field.items[0]), TextField(*pair, field.items[1]), json);
  }
  json->push_back('}');
}

void AppendField(const flatbuffers::Table& table, const FieldInfo& field, Currency currency, std::string* json) {
  switch (field.type) {
    case FieldType::kTextList:
      return AppendTexts(field.name, PointerField<TextVector>(table, field), json);
    case FieldType::kItems:
      if (field.is_pairs) return AppendPairs(table, field, json);
      return AppendList(field.name, PointerField<ItemVector>(table, field), json, [&](const flatbuffers::Table* item) {
        json->push_back('{');
        for (const FieldInfo& part : field.items) AppendField(*item, part, currency, json);
        json->push_back('}');
      });
    case FieldType::kInteger:
      if (IntegerField(table, field) < field.least_integer) return;  // not given
      AppendName(field.name, json);
      json->append(std::to_string(IntegerField(table, field)));
      return;
    case FieldType::kText:
    case FieldType::kProse:
      return AppendMember(field.name, TextField(table, field), json);
    case FieldType::kDate:
    case FieldType::kAmount:
    case FieldType::kHash:
    case FieldType::kDates:
    case FieldType::kChosenBand:
      return AppendMember(field.name, FieldText(table, field, currency), json);
  }
}

}  // namespace

void AppendEventJson(EventView event, std::string* json) {
  json->push_back('{');
  AppendName("seq", json);
  json->append(std::to_string(event.seq()));
  AppendMember("recorded_at", event.recorded_at().ToString(), json);
  if (event.clock().has_value()) AppendMember("clock", event.clock()->ToString(), json);
  AppendMember("type", event.info().name, json);
  AppendMember("id", event.id(), json);
  AppendMember("date", event.date().ToString(), json);
  AppendMember("customer", event.customer(), json);
  AppendMember("currency", event.currency().ToString(), json);
  AppendMember("actor", event.actor(), json);
  AppendMember("source", event.source(), json);
  AppendMember("memo", event.memo(), json);
  AppendName("imported", json);
  json->append(event.imported() ? "true" : "false");
  for (const FieldInfo& field : event.info().fields) {
    const bool own_hash = field.filled && field.type == FieldType::kHash;
    if (!field.internal && !own_hash) AppendField(event.body_table(), field, event.currency(), json);
  }
  json->push_back('}');
}

}  // namespace duebook
