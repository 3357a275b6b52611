// The table of event types, read from the schema's binary form: its tables, their fields, and the attributes that
// schemas/event.fbs explains.

#include <algorithm>
#include <array>

#include "event_bfbs_generated.h"
#include "flatbuffers/reflection.h"
#include "ledger/event/event.h"
#include "ledger/values/parse_number.h"

namespace duebook {
namespace {

using Attributes = flatbuffers::Vector<flatbuffers::Offset<reflection::KeyValue>>;

// The attribute's value, "" if it has none; nothing if it is not there.
std::optional<std::string_view> Attribute(const Attributes* attributes, const char* name) {
  if (attributes == nullptr) return std::nullopt;
  const reflection::KeyValue* found = attributes->LookupByKey(name);
  if (found == nullptr) return std::nullopt;
  return EventView::Text(found->value());
}

DocumentKind KindAttribute(const Attributes* attributes, const char* name) {
  const std::optional<std::string_view> value = Attribute(attributes, name);
  if (!value.has_value()) return DocumentKind::kNone;
  const DocumentKind kind = KindFromName(*value);
  CHECK(kind != DocumentKind::kNone);
  return kind;
}

// Returns what the schema's comment on a table or a field says, in one line.
std::string Meaning(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* comment) {
  std::string meaning;
  if (comment == nullptr) return meaning;
  for (const flatbuffers::String* line : *comment) meaning += line->str();
  const size_t start = meaning.find_first_not_of(' ');
  return start == std::string::npos ? "" : meaning.substr(start);
}

// "Date" for the table or struct "duebook.schema.Date".
std::string_view ShortName(const reflection::Schema& schema, int32_t index) {
  const std::string_view name = EventView::Text(schema.objects()->Get(static_cast<uint32_t>(index))->name());
  return name.substr(name.rfind('.') + 1);
}

FieldType TypeOfField(const reflection::Schema& schema, const reflection::Field& field) {
  const reflection::Type& type = *field.type();
  switch (type.base_type()) {
    case reflection::String:
      return Attribute(field.attributes(), "prose").has_value() ? FieldType::kProse : FieldType::kText;
    case reflection::Int:
      return FieldType::kInteger;
    case reflection::Obj: {
      const std::string_view name = ShortName(schema, type.index());
      if (name == "Date") return FieldType::kDate;
      if (name == "Amount") return FieldType::kAmount;
      if (name == "ChosenBand") return FieldType::kChosenBand;
      CHECK(name == "Hash");
      return FieldType::kHash;
    }
    default: {
      CHECK(type.base_type() == reflection::Vector);
      if (type.element() == reflection::String) return FieldType::kTextList;
      CHECK(type.element() == reflection::Obj);
      return ShortName(schema, type.index()) == "Date" ? FieldType::kDates : FieldType::kItems;
    }
  }
}

int32_t IntegerAttribute(const Attributes* attributes, const char* name, int32_t otherwise) {
  const std::optional<std::string_view> value = Attribute(attributes, name);
  if (!value.has_value()) return otherwise;
  const auto number = ParseNumber<int32_t>(*value);
  CHECK(number.has_value());
  return *number;
}

// In the schema JSON is written with single quotation marks.
std::string JsonAttribute(const Attributes* attributes, const char* name) {
  std::string json(Attribute(attributes, name).value_or(""));
  std::replace(json.begin(), json.end(), '\'', '"');
  return json;
}

// `list` is the name of the list whose items have the field; "" for one of a body.
FieldInfo ReadField(const reflection::Schema& schema, const reflection::Field& field, const std::string& list);

// In schema order: reflection lists fields by name; vtable offsets ascend in the order of the schema.
std::vector<FieldInfo> ReadFields(const reflection::Schema& schema, const reflection::Object& table,
                                  const std::string& list) {
  std::vector<FieldInfo> fields;
  for (const reflection::Field* field : *table.fields()) fields.push_back(ReadField(schema, *field, list));
  std::sort(fields.begin(), fields.end(),
            [](const FieldInfo& a, const FieldInfo& b) { return a.vtable_offset < b.vtable_offset; });
  return fields;
}

FieldInfo ReadField(const reflection::Schema& schema, const reflection::Field& field, const std::string& list) {
  const Attributes* attributes = field.attributes();
  FieldInfo info;
  info.name = field.name()->str();
  info.path = list.empty() ? info.name : list + "." + info.name;
  info.meaning = Meaning(field.documentation());
  info.type = TypeOfField(schema, field);
  info.vtable_offset = field.offset();
  info.required = field.required() || Attribute(attributes, "given").has_value();
  info.filled = Attribute(attributes, "filled").has_value();
  info.internal = Attribute(attributes, "internal").has_value();
  info.introduces = KindAttribute(attributes, "introduces");
  info.names = KindAttribute(attributes, "names");
  info.zero_allowed = Attribute(attributes, "or_zero").has_value();
  info.of_people = Attribute(attributes, "person").has_value();
  info.is_kept = Attribute(attributes, "kept").has_value();
  info.kept_if = Attribute(attributes, "kept_if").value_or("");
  info.is_one_of = Attribute(attributes, "one_of").has_value();
  info.sample = Attribute(attributes, "sample").value_or("");
  if (info.type == FieldType::kInteger) {
    info.default_integer = static_cast<int32_t>(field.default_integer());
    info.least_integer = IntegerAttribute(attributes, "at_least", 0);
    info.most_integer = IntegerAttribute(attributes, "at_most", 0);
    CHECK(info.least_integer < info.most_integer);
    // One less than the least stands for a number that was not given.
    CHECK(info.default_integer >= info.least_integer - 1 && info.default_integer <= info.most_integer);
  }
  if (info.type == FieldType::kDates) {
    info.for_each = Attribute(attributes, "for_each").value_or("");
    CHECK(info.internal && !info.for_each.empty());
  }
  if (info.type == FieldType::kItems) {
    CHECK(list.empty());
    const auto* items = schema.objects()->Get(static_cast<uint32_t>(field.type()->index()));
    info.items = ReadFields(schema, *items, info.name);
    info.form = Attribute(attributes, "form").value_or("");
    info.json_sample = JsonAttribute(attributes, "json_sample");
    info.is_pairs = Attribute(attributes, "pairs").has_value();
    CHECK(!info.is_pairs || info.items.size() == 2);
    CHECK(!info.form.empty() && !info.sample.empty() && !info.json_sample.empty());
  }
  return info;
}

bool HasAmount(const std::vector<FieldInfo>& fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [](const FieldInfo& field) { return field.type == FieldType::kAmount || HasAmount(field.items); });
}

CustomerUse ReadCustomerUse(const reflection::Object& table) {
  const std::string_view use = Attribute(table.attributes(), "customer").value_or("none");
  if (use == "introduced") return CustomerUse::kIntroduced;
  if (use == "required") return CustomerUse::kRequired;
  if (use == "optional") return CustomerUse::kOptional;
  CHECK(use == "none");
  return CustomerUse::kNone;
}

EventTypeInfo ReadType(const reflection::Schema& schema, const reflection::EnumVal& member) {
  const reflection::Object& table = *schema.objects()->Get(static_cast<uint32_t>(member.union_type()->index()));
  EventTypeInfo info;
  info.type = static_cast<EventType>(member.value());
  info.name = member.name()->str();
  info.group = Attribute(table.attributes(), "group").value_or("");
  info.meaning = Meaning(table.documentation());
  info.customer = ReadCustomerUse(table);
  info.introduces_by_event_id = KindAttribute(table.attributes(), "introduces_by_event_id");
  info.actor = Attribute(table.attributes(), "actor").value_or("");
  info.fields = ReadFields(schema, table, "");
  info.has_amount = HasAmount(info.fields);
  info.names_documents = std::any_of(info.fields.begin(), info.fields.end(),
                                     [](const FieldInfo& field) { return field.names != DocumentKind::kNone; });
  return info;
}

std::vector<EventTypeInfo> ReadTypes() {
  const reflection::Schema& schema = *reflection::GetSchema(schema::EventBinarySchema::data());
  const reflection::Enum* types = schema.enums()->LookupByKey("duebook.schema.EventBody");
  CHECK(types != nullptr);
  std::vector<EventTypeInfo> all;
  for (const reflection::EnumVal* member : *types->values()) {
    if (member->value() != 0) all.push_back(ReadType(schema, *member));
  }
  return all;
}

// The head's fields by their names in records and in the schema.
constexpr std::array<std::pair<std::string_view, const char*>, 8> kCommonFields = {{{"type", "body"},
                                                                                    {"id", "id"},
                                                                                    {"date", "effective_date"},
                                                                                    {"actor", "actor"},
                                                                                    {"memo", "memo"},
                                                                                    {"customer", "customer"},
                                                                                    {"currency", "currency"},
                                                                                    {"imported", "imported"}}};

std::vector<CommonFieldInfo> ReadCommonFields() {
  const reflection::Schema& schema = *reflection::GetSchema(schema::EventBinarySchema::data());
  std::vector<CommonFieldInfo> all;
  for (const auto& [name, schema_name] : kCommonFields) {
    const reflection::Field* field = schema.root_table()->fields()->LookupByKey(schema_name);
    CHECK(field != nullptr);
    all.push_back({name, Meaning(field->documentation())});
  }
  return all;
}

// Types by their number; null where no type has that number.
std::array<const EventTypeInfo*, 256> ByNumber() {
  std::array<const EventTypeInfo*, 256> types{};
  for (const EventTypeInfo& info : AllEventTypes()) types[static_cast<size_t>(info.type)] = &info;
  return types;
}

}  // namespace

const std::vector<EventTypeInfo>& AllEventTypes() {
  static const std::vector<EventTypeInfo> types = ReadTypes();
  return types;
}

const std::vector<CommonFieldInfo>& CommonFields() {
  static const std::vector<CommonFieldInfo> fields = ReadCommonFields();
  return fields;
}

const EventTypeInfo* FindEventType(EventType type) {
  static const std::array<const EventTypeInfo*, 256> types = ByNumber();
  return types[static_cast<uint8_t>(type)];
}

const EventTypeInfo& InfoOf(EventType type) {
  const EventTypeInfo* info = FindEventType(type);
  CHECK(info != nullptr);
  return *info;
}

const EventTypeInfo* FindEventType(std::string_view name) {
  for (const EventTypeInfo& info : AllEventTypes()) {
    if (info.name == name) return &info;
  }
  return nullptr;
}

const FieldInfo* EventTypeInfo::FindField(std::string_view field_name) const {
  for (const FieldInfo& field : fields) {
    if (field.name == field_name) return &field;
  }
  return nullptr;
}

}  // namespace duebook
