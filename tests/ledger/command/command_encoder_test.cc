// The hand-written encoder against FlatBuffers' own builder: from the same values both make events that have the same
// fields with the same values, whatever the bytes between them.

#include "ledger/command/encode/command_encoder.h"

#include <gtest/gtest.h>

#include <cstring>

#include "event_bfbs_generated.h"
#include "flatbuffers/reflection.h"
#include "ledger/command/record_reader.h"
#include "tests/support/random_records.h"
#include "tests/support/seed.h"

namespace duebook {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::Table;
using flatbuffers::uoffset_t;

constexpr int kRounds = 60;  // of every type

// --- FlatBuffers' own builder ---

class Builder {
 public:
  std::string Build(const RecordValues& values) {
    values_ = &values;
    builder_.Clear();
    builder_.ForceDefaults(true);  // seq and recorded_at are there from the start
    const auto body = BuildTable(values.type->fields, values.fields.data());
    const auto references = builder_.CreateVector(std::vector<uint64_t>(values.references, 0));
    const auto id = builder_.CreateString(values.id.data(), values.id.size());
    const auto actor = TextOrNone(values.actor, false);
    const auto source = TextOrNone(values.source, false);
    const auto memo = TextOrNone(values.memo, false);
    const auto customer = TextOrNone(values.customer, values.customer_open);
    schema::EventBuilder event(builder_);
    event.add_seq(0);
    event.add_recorded_at(0);
    event.add_effective_date(values.date.days());
    event.add_currency(values.currency.packed());
    event.add_imported(values.imported);
    event.add_id(id);
    event.add_actor(actor);
    event.add_source(source);
    event.add_memo(memo);
    event.add_customer(customer);
    event.add_references(references);
    event.add_body_type(values.type->type);
    event.add_body(body.Union());
    builder_.Finish(event.Finish());
    return {reinterpret_cast<const char*>(builder_.GetBufferPointer()), builder_.GetSize()};
  }

 private:
  Offset<flatbuffers::String> TextOrNone(std::string_view text, bool open) {
    return text.empty() && !open ? Offset<flatbuffers::String>() : builder_.CreateString(text.data(), text.size());
  }

  // What the table points to has to be there before it is begun.
  uoffset_t BuildBehind(const FieldInfo& field, const FieldValue& value) {
    std::vector<Offset<flatbuffers::String>> texts;
    std::vector<Offset<Table>> items;
    switch (field.type) {
      case FieldType::kText:
      case FieldType::kProse:
        return builder_.CreateString(value.text.data(), value.text.size()).o;
      case FieldType::kTextList:
        for (size_t i = 0; i < value.items.count; i++) {
          const std::string_view text = values_->texts[value.items.first + i];
          texts.push_back(builder_.CreateString(text.data(), text.size()));
        }
        return builder_.CreateVector(texts).o;
      case FieldType::kItems:
        for (size_t i = 0; i < value.items.count; i++) {
          items.push_back(BuildTable(field.items, values_->items.data() + value.items.first + i * field.items.size()));
        }
        return builder_.CreateVector(items).o;
      default:
        return 0;
    }
  }

  // Makes an unset date for each item of the list that the field names.
  uoffset_t BuildUnsetDates(const FieldInfo& field) {
    size_t count = 0;
    for (size_t i = 0; i < values_->fields.size(); i++) {
      if (values_->type->fields[i].name == field.for_each) count = values_->fields[i].items.count;
    }
    return builder_.CreateVectorOfStructs(std::vector<schema::Date>(count, schema::Date(kUnsetDays))).o;
  }

  Offset<Table> BuildTable(const std::vector<FieldInfo>& fields, const FieldValue* values) {
    std::vector<uoffset_t> behind;
    for (size_t i = 0; i < fields.size(); i++) {
      if (fields[i].type == FieldType::kDates) {
        behind.push_back(BuildUnsetDates(fields[i]));
      } else {
        behind.push_back(values[i].present ? BuildBehind(fields[i], values[i]) : 0);
      }
    }
    const auto start = builder_.StartTable();
    for (size_t i = 0; i < fields.size(); i++) {
      const FieldInfo& field = fields[i];
      if (behind[i] != 0) builder_.AddOffset(field.vtable_offset, Offset<void>(behind[i]));
      if (field.type == FieldType::kInteger && values[i].present) {
        builder_.AddElement<int32_t>(field.vtable_offset, values[i].integer, field.default_integer);
      }
      // What the ledger may still set has a place.
      if (values[i].present || field.filled || field.internal) AddStruct(field, values[i]);
    }
    return {builder_.EndTable(start)};
  }

  void AddStruct(const FieldInfo& field, const FieldValue& value) {
    const schema::Date date(value.present ? value.date.days() : kUnsetDays);
    const schema::Amount amount(value.present ? value.amount.minor : kUnsetMinor);
    schema::Hash hash;
    std::copy(value.hash.begin(), value.hash.end(), hash.mutable_bytes()->data());
    const schema::ChosenBand chosen(0, 0, 0);
    if (field.type == FieldType::kDate) builder_.AddStruct(field.vtable_offset, &date);
    if (field.type == FieldType::kAmount) builder_.AddStruct(field.vtable_offset, &amount);
    if (field.type == FieldType::kHash) builder_.AddStruct(field.vtable_offset, &hash);
    if (field.type == FieldType::kChosenBand) builder_.AddStruct(field.vtable_offset, &chosen);
  }

  FlatBufferBuilder builder_;
  const RecordValues* values_ = nullptr;
};

// --- what both say ---

// Tells all that a table holds, as the schema's binary form describes it.
class Contents {
 public:
  static std::string Of(const std::string& bytes) {
    const reflection::Schema& schema = *reflection::GetSchema(schema::EventBinarySchema::data());
    return Contents(schema).OfTable(*flatbuffers::GetRoot<Table>(bytes.data()), *schema.root_table());
  }

 private:
  explicit Contents(const reflection::Schema& schema) : schema_(schema) {}

  std::string OfTable(const Table& table, const reflection::Object& object) const {
    std::string text = "{";
    for (const reflection::Field* field : *object.fields()) {
      text += field->name()->str() + "=" + OfField(table, object, *field) + ";";
    }
    return text + "}";
  }

  std::string OfField(const Table& table, const reflection::Object& object, const reflection::Field& field) const {
    const reflection::Type& type = *field.type();
    const bool has_default = flatbuffers::IsScalar(type.base_type()) && !field.optional();
    if (!has_default && !table.CheckField(field.offset())) return "absent";
    if (flatbuffers::IsScalar(type.base_type())) return std::to_string(flatbuffers::GetAnyFieldI(table, field));
    if (type.base_type() == reflection::String) return "'" + flatbuffers::GetFieldS(table, field)->str() + "'";
    if (type.base_type() == reflection::Union) {
      return OfTable(*flatbuffers::GetFieldT(table, field), flatbuffers::GetUnionType(schema_, object, field, table));
    }
    if (type.base_type() == reflection::Vector) return OfVector(*flatbuffers::GetFieldAnyV(table, field), type);
    const reflection::Object& of = *schema_.objects()->Get(static_cast<uint32_t>(type.index()));
    EXPECT_TRUE(of.is_struct()) << field.name()->str();
    return std::string(table.GetStruct<const char*>(field.offset()), static_cast<size_t>(of.bytesize()));
  }

  std::string OfVector(const flatbuffers::VectorOfAny& vector, const reflection::Type& type) const {
    std::string text = "[";
    for (size_t i = 0; i < vector.size(); i++) {
      if (type.element() == reflection::String) {
        text += "'" + flatbuffers::GetAnyVectorElemPointer<const flatbuffers::String>(&vector, i)->str() + "',";
      } else if (type.element() == reflection::Obj) {
        const reflection::Object& of = *schema_.objects()->Get(static_cast<uint32_t>(type.index()));
        if (of.is_struct()) {
          const auto bytes = static_cast<size_t>(of.bytesize());
          text += std::string(reinterpret_cast<const char*>(vector.Data()) + i * bytes, bytes) + ",";
          continue;
        }
        text += OfTable(*flatbuffers::GetAnyVectorElemPointer<const Table>(&vector, i), of) + ",";
      } else {
        text += std::to_string(flatbuffers::GetAnyVectorElemI(&vector, type.element(), i)) + ",";
      }
    }
    return text + "]";
  }

  const reflection::Schema& schema_;
};

TEST(CommandEncoder, SaysWhatFlatBuffersOwnBuilderSays) {
  const uint32_t seed = TestSeed(18);
  TRACE_SEED(seed);
  RandomRecords records(seed);
  RecordReader reader;
  CommandEncoder encoder;
  Builder builder;
  for (const EventTypeInfo& info : AllEventTypes()) {
    SCOPED_TRACE(info.name);
    for (int i = 0; i < kRounds; i++) {
      CommandContext context = CnyContext();
      context.as_imported = records.Below(2) == 0;
      const Record record = records.Make(info);
      const RecordValues* values = reader.Read(record, context);
      ASSERT_NE(values, nullptr) << reader.rejection().sentence;
      const Command command = encoder.Encode(*values);
      ASSERT_EQ(Contents::Of(std::string(command.bytes())), Contents::Of(builder.Build(*values)));
      // What the ledger patches is there.
      const auto& table = reinterpret_cast<const Table&>(command.event().table());
      EXPECT_TRUE(table.CheckField(schema::Event::VT_SEQ) && table.CheckField(schema::Event::VT_RECORDED_AT));
      EXPECT_EQ(table.CheckField(schema::Event::VT_CURRENCY), info.has_amount || !values->currency.empty());
    }
  }
}

}  // namespace
}  // namespace duebook
