// Sets lists of a command that only the ledger knows: the event is read back into values, and encoded with the list.

#include "ledger/command/command.h"
#include "ledger/command/encode/command_encoder.h"
#include "ledger/event/event_fields.h"

namespace duebook {
namespace {

FieldValue ReadField(const flatbuffers::Table& table, const FieldInfo& field, RecordValues* values);

ItemRange ReadTexts(const TextVector* list, RecordValues* values) {
  const ItemRange range{values->texts.size(), list == nullptr ? 0 : list->size()};
  for (size_t i = 0; i < range.count; i++) {
    values->texts.push_back(EventView::Text(list->Get(static_cast<flatbuffers::uoffset_t>(i))));
  }
  return range;
}

ItemRange ReadItems(const ItemVector* list, const std::vector<FieldInfo>& parts, RecordValues* values) {
  const ItemRange range{values->items.size(), list == nullptr ? 0 : list->size()};
  for (size_t i = 0; i < range.count; i++) {
    const flatbuffers::Table& item = *list->Get(static_cast<flatbuffers::uoffset_t>(i));
    for (const FieldInfo& part : parts) values->items.push_back(ReadField(item, part, values));
  }
  return range;
}

// What the ledger is to set in the place of it stays open.
FieldValue ReadField(const flatbuffers::Table& table, const FieldInfo& field, RecordValues* values) {
  FieldValue value;
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kProse:
      value.text = TextField(table, field);
      value.present = !value.text.empty();
      break;
    case FieldType::kDate:
      if (const schema::Date* date = DateField(table, field)) {
        value.date = DateOf(*date);
        value.present = true;
      }
      break;
    case FieldType::kAmount:
      if (const schema::Amount* amount = AmountField(table, field)) {
        value.amount.minor = amount->minor();
        value.present = true;
      }
      break;
    case FieldType::kInteger:
      value.integer = IntegerField(table, field);
      value.present = true;
      break;
    case FieldType::kHash:
      if (const auto* hash = StructField<schema::Hash>(table, field)) {
        value.hash = HashOf(*hash);
        value.present = true;
      }
      break;
    case FieldType::kTextList:
      value.items = ReadTexts(PointerField<TextVector>(table, field), values);
      value.present = value.items.count > 0;
      break;
    case FieldType::kItems:
      value.items = ReadItems(PointerField<ItemVector>(table, field), field.items, values);
      value.present = value.items.count > 0;
      break;
    case FieldType::kDates:
    case FieldType::kChosenBand:
      break;
  }
  return value;
}

// Views into the event.
RecordValues ValuesOf(EventView event) {
  RecordValues values;
  values.type = &event.info();
  values.id = event.id();
  values.actor = event.actor();
  values.source = event.source();
  values.memo = event.memo();
  values.customer = event.customer();
  values.date = event.date();
  values.currency = event.currency();
  values.imported = event.imported();
  values.references = event.reference_count();
  for (const FieldInfo& field : values.type->fields) {
    values.fields.push_back(ReadField(event.body_table(), field, &values));
  }
  return values;
}

FieldValue& FieldToSet(RecordValues& values, std::string_view name, FieldType type) {
  const FieldInfo* info = values.type->FindField(name);
  CHECK(info != nullptr && (info->internal || info->filled) && info->type == type);
  FieldValue& value = values.fields[static_cast<size_t>(info - values.type->fields.data())];
  CHECK(!value.present);
  value.present = true;
  return value;
}

}  // namespace

void Command::Encode(const RecordValues& values) {
  const uint64_t left_open = left_open_;
  Command encoded = CommandEncoder().Encode(values);
  bytes_ = std::move(encoded.bytes_);
  open_amounts_.clear();
  open_customer_ = 0;
  left_open_ = left_open;
}

void Command::Set(std::string_view field, std::span<const std::pair<Date, Minor>> instalments) {
  RecordValues values = ValuesOf(event());
  FieldValue& value = FieldToSet(values, field, FieldType::kItems);
  value.items = {values.items.size(), instalments.size()};
  for (const auto& [due, amount] : instalments) {
    FieldValue of_due;
    of_due.present = true;
    of_due.date = due;
    FieldValue of_amount;
    of_amount.present = true;
    of_amount.amount.minor = amount;
    values.items.push_back(of_due);
    values.items.push_back(of_amount);
  }
  Encode(values);
}

void Command::Set(std::string_view field, std::span<const std::string_view> texts) {
  RecordValues values = ValuesOf(event());
  FieldValue& value = FieldToSet(values, field, FieldType::kTextList);
  value.items = {values.texts.size(), texts.size()};
  values.texts.insert(values.texts.end(), texts.begin(), texts.end());
  Encode(values);
}

}  // namespace duebook
