#include "ledger/event/schema_use.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "event_bfbs_generated.h"
#include "flatbuffers/reflection.h"
#include "ledger/values/parse_number.h"

namespace duebook {

namespace {

constexpr uint16_t kFirstOffset = 4;  // of a table's first field in its vtable, in bytes; each has two

uint16_t FieldsUpTo(uint16_t vtable_offset) {
  return static_cast<uint16_t>((vtable_offset - kFirstOffset) / sizeof(flatbuffers::voffset_t) + 1);
}

// A list of tables in a body: Instalment, WriteOffBand.
struct ListOfTables {
  uint16_t vtable_offset;
  size_t items;  // the place of their table
};

struct SchemaTable {
  std::string name;
  uint16_t fields = 0;
  std::vector<ListOfTables> lists;
};

struct SchemaTables {
  std::vector<SchemaTable> all;       // structs as well, which no event uses as tables
  size_t head = 0;                    // the place of Event
  std::array<size_t, 256> by_type{};  // the place of each type's table
};

SchemaTable ReadTable(const reflection::Schema& schema, const reflection::Object& object) {
  const std::string_view name = EventView::Text(object.name());
  SchemaTable table{std::string(name.substr(name.rfind('.') + 1)), 0, {}};
  for (const reflection::Field* field : *object.fields()) {
    if (object.is_struct()) break;
    table.fields = std::max(table.fields, FieldsUpTo(field->offset()));
    if (field->type()->base_type() != reflection::Vector || field->type()->element() != reflection::Obj) continue;
    const auto items = static_cast<flatbuffers::uoffset_t>(field->type()->index());
    if (!schema.objects()->Get(items)->is_struct()) table.lists.push_back({field->offset(), items});
  }
  return table;
}

SchemaTables ReadTables() {
  const reflection::Schema& schema = *reflection::GetSchema(schema::EventBinarySchema::data());
  SchemaTables tables;
  for (const reflection::Object* object : *schema.objects()) {
    if (object == schema.root_table()) tables.head = tables.all.size();
    tables.all.push_back(ReadTable(schema, *object));
  }
  for (const reflection::EnumVal* member : *schema.enums()->LookupByKey("duebook.schema.EventBody")->values()) {
    if (member->value() == 0) continue;
    tables.by_type[static_cast<size_t>(member->value())] = static_cast<size_t>(member->union_type()->index());
  }
  return tables;
}

const SchemaTables& Tables() {
  static const SchemaTables tables = ReadTables();
  return tables;
}

}  // namespace

SchemaUse::SchemaUse() : fields_(Tables().all.size()) {}

bool SchemaUse::AddTable(size_t table, const flatbuffers::Table& used) {
  const uint8_t* const vtable = used.GetVTable();
  uint16_t fields = FieldsUpTo(flatbuffers::ReadScalar<flatbuffers::voffset_t>(vtable)) - 1;
  const auto is_absent = [vtable](uint16_t field) {
    return flatbuffers::ReadScalar<flatbuffers::voffset_t>(vtable + kFirstOffset +
                                                           field * sizeof(flatbuffers::voffset_t)) == 0;
  };
  while (fields > fields_[table] && is_absent(fields - 1)) fields--;
  if (fields <= fields_[table]) return false;
  fields_[table] = fields;
  return true;
}

bool SchemaUse::Add(EventView event) {
  const SchemaTables& tables = Tables();
  const size_t body = tables.by_type[static_cast<size_t>(event.type())];
  const bool new_head = AddTable(tables.head, reinterpret_cast<const flatbuffers::Table&>(event.table()));
  const bool new_body = AddTable(body, event.body_table());
  bool new_item = false;
  for (const ListOfTables& list : tables.all[body].lists) {
    const auto* items =
        event.body_table().GetPointer<const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>*>(
            list.vtable_offset);
    if (items == nullptr) continue;
    for (const flatbuffers::Table* item : *items) new_item |= AddTable(list.items, *item);
  }
  return new_head || new_body || new_item;
}

std::string SchemaUse::Encode() const {
  std::string text;
  for (size_t table = 0; table < fields_.size(); table++) {
    if (fields_[table] > 0) text += fmt::format("{} {}\n", Tables().all[table].name, fields_[table]);
  }
  return text;
}

std::optional<SchemaUse> SchemaUse::Decode(std::string_view text) {
  const std::vector<SchemaTable>& tables = Tables().all;
  SchemaUse use;
  while (!text.empty()) {
    const size_t blank = text.find(' ');
    const size_t end = text.find('\n');
    if (blank >= end || end == text.npos) return std::nullopt;
    const std::string_view name = text.substr(0, blank);
    const auto fields = ParseNumber<uint16_t>(text.substr(blank + 1, end - blank - 1));
    if (!fields.has_value() || *fields == 0) return std::nullopt;
    text.remove_prefix(end + 1);
    const auto table = std::find_if(tables.begin(), tables.end(), [name](const auto& one) { return one.name == name; });
    const bool is_known = table != tables.end();
    if (is_known && *fields <= table->fields) {
      use.fields_[static_cast<size_t>(table - tables.begin())] = *fields;
    } else if (!use.lacking_.has_value()) {
      use.lacking_ = fmt::format("{}{}", is_known ? "fields of " : "", name);
    }
  }
  return use;
}

}  // namespace duebook
