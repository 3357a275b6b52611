#include "ledger/command_encoder.h"

#include "ledger/books_key.h"

namespace duebook {

Command CommandEncoder::Encode(const RecordValues& values) {
  builder_.Clear();
  open_amounts_.clear();
  const Location open_customer = values.customer_open ? AddText({}) : 0;
  const Location end_of_open_customer = builder_.GetSize();
  const Location body = AddBody(values);
  const Location id = AddText(values.id);
  const Location actor = values.actor.empty() ? 0 : AddText(values.actor);
  const Location source = values.source.empty() ? 0 : AddText(values.source);
  const Location memo = values.memo.empty() ? 0 : AddText(values.memo);
  const Location customer = values.customer.empty() ? open_customer : AddText(values.customer);
  const Location references = AddReferences(values.references);

  // Widest first: no bytes are lost between them.
  const Location start = builder_.StartTable();
  builder_.AddElement<uint64_t>(schema::Event::VT_SEQ, 0);
  builder_.AddElement<int64_t>(schema::Event::VT_RECORDED_AT, 0);
  builder_.AddElement<int32_t>(schema::Event::VT_EFFECTIVE_DATE, values.date.days());
  if (values.type->has_amount || !values.currency.empty())
    builder_.AddElement<uint32_t>(schema::Event::VT_CURRENCY, values.currency.packed());
  AddLocation(schema::Event::VT_ID, id);
  AddLocation(schema::Event::VT_ACTOR, actor);
  AddLocation(schema::Event::VT_SOURCE, source);
  AddLocation(schema::Event::VT_MEMO, memo);
  AddLocation(schema::Event::VT_CUSTOMER, customer);
  AddLocation(schema::Event::VT_REFERENCES, references);
  AddLocation(schema::Event::VT_BODY, body);
  builder_.AddElement<uint8_t>(schema::Event::VT_BODY_TYPE, static_cast<uint8_t>(values.type->type));
  if (values.imported) builder_.AddElement<uint8_t>(schema::Event::VT_IMPORTED, 1);
  builder_.Finish(flatbuffers::Offset<schema::Event>(builder_.EndTable(start)));
  return Taken(values, end_of_open_customer);
}

Command CommandEncoder::Taken(const RecordValues& values, Location open_customer) {
  const Location size = builder_.GetSize();
  Command command;
  command.bytes_.reserve(size + (values.customer_open ? kMaxNumberBytes + 2 * sizeof(uint64_t) : 0));
  command.bytes_.assign(reinterpret_cast<const char*>(builder_.GetBufferPointer()), size);
  command.open_customer_ = values.customer_open ? size - open_customer : 0;
  for (size_t i = 0; i < values.fields.size(); i++) {
    if (values.type->fields[i].filled && !values.fields[i].present) command.filled_given_ = false;
  }
  AddLookups(values, &command);
  command.open_amounts_.reserve(open_amounts_.size());
  for (const OpenAmount& open : open_amounts_) {
    command.open_amounts_.push_back({size - open.location, open.value, open.field});
  }
  return command;
}

void CommandEncoder::AddLookups(const RecordValues& values, Command* command) {
  command->id_hash_ = EventIdHash(values.id);
  const auto add = [&](uint64_t hash) { command->lookups_.push_back(hash); };
  if (!values.customer.empty()) add(BooksHash(kCustomerKey, values.customer));
  if (values.type->introduces_by_event_id != DocumentKind::kNone) {
    add(BooksHash(values.type->introduces_by_event_id, values.id));
  }
  for (size_t i = 0; i < values.fields.size(); i++) {
    const FieldInfo& field = values.type->fields[i];
    const DocumentKind kind = field.names != DocumentKind::kNone ? field.names : field.introduces;
    if (kind == DocumentKind::kNone || !values.fields[i].present) continue;
    const ItemRange items = values.fields[i].items;
    if (field.type == FieldType::kText) add(BooksHash(kind, values.fields[i].text));
    for (size_t j = 0; j < items.count; j++) add(BooksHash(kind, values.texts[items.first + j]));
  }
}

CommandEncoder::Location CommandEncoder::AddBody(const RecordValues& values) {
  const std::vector<FieldInfo>& fields = values.type->fields;
  locations_.assign(fields.size(), 0);
  for (size_t i = 0; i < fields.size(); i++) {
    if (values.fields[i].present) locations_[i] = AddListOrText(values, fields[i], values.fields[i]);
  }
  const Location start = builder_.StartTable();
  for (size_t i = 0; i < fields.size(); i++) {
    if (fields[i].type == FieldType::kAmount) AddValue(fields[i], values.fields[i]);
  }
  for (size_t i = 0; i < fields.size(); i++) {
    AddLocation(fields[i].vtable_offset, locations_[i]);
    if (fields[i].type != FieldType::kAmount) AddValue(fields[i], values.fields[i]);
  }
  return builder_.EndTable(start);
}

// What stands outside of the body's table.
CommandEncoder::Location CommandEncoder::AddListOrText(const RecordValues& values, const FieldInfo& field,
                                                       const FieldValue& value) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kProse:
      return AddText(value.text);
    case FieldType::kTextList:
      return AddTexts(values, value.items);
    case FieldType::kInstalments:
      return AddInstalments(values);
    case FieldType::kBands:
      return AddBands(values);
    default:
      return 0;
  }
}

// What stands in the body's table: numbers and structs, or their placeholders.
void CommandEncoder::AddValue(const FieldInfo& field, const FieldValue& value) {
  if (!value.present && !field.filled && !field.internal) return;
  switch (field.type) {
    case FieldType::kDate: {
      const schema::Date date(value.present ? value.date.days() : kUnsetDays);
      return builder_.AddStruct(field.vtable_offset, &date);
    }
    case FieldType::kAmount:
      return AddAmount(field.vtable_offset, value.amount,
                       value.present ? std::string_view(field.name) : std::string_view());
    case FieldType::kHash: {
      schema::Hash hash;
      std::copy(value.hash.begin(), value.hash.end(), hash.mutable_bytes()->data());
      return builder_.AddStruct(field.vtable_offset, &hash);
    }
    case FieldType::kChosenBand: {
      const schema::ChosenBand chosen;
      return builder_.AddStruct(field.vtable_offset, &chosen);
    }
    case FieldType::kInteger:
      return builder_.AddElement(field.vtable_offset, value.integer, static_cast<int32_t>(field.default_integer));
    default:
      return;
  }
}

// `field` is empty for a placeholder.
void CommandEncoder::AddAmount(uint16_t vtable_offset, const AmountValue& amount, std::string_view field) {
  const schema::Amount stored(amount.minor);
  builder_.AddStruct(vtable_offset, &stored);
  if (!field.empty() && amount.minor == kUnsetMinor) {
    open_amounts_.push_back({builder_.GetSize(), amount.decimal, field});
  }
}

CommandEncoder::Location CommandEncoder::AddText(std::string_view text) {
  return builder_.CreateString(text.data(), text.size()).o;
}

CommandEncoder::Location CommandEncoder::AddTexts(const RecordValues& values, ItemRange items) {
  texts_.clear();
  for (size_t i = 0; i < items.count; i++) texts_.emplace_back(AddText(values.texts[items.first + i]));
  return builder_.CreateVector(texts_).o;
}

CommandEncoder::Location CommandEncoder::AddInstalments(const RecordValues& values) {
  std::vector<flatbuffers::Offset<schema::Instalment>> instalments;
  instalments.reserve(values.instalments.size());
  for (const InstalmentValue& instalment : values.instalments) {
    const Location start = builder_.StartTable();
    AddAmount(schema::Instalment::VT_AMOUNT, instalment.amount, "instalments");
    const schema::Date due(instalment.due.days());
    builder_.AddStruct(schema::Instalment::VT_DUE, &due);
    instalments.emplace_back(builder_.EndTable(start));
  }
  return builder_.CreateVector(instalments).o;
}

CommandEncoder::Location CommandEncoder::AddBands(const RecordValues& values) {
  std::vector<flatbuffers::Offset<schema::WriteOffBand>> bands;
  bands.reserve(values.bands.size());
  for (const BandValue& band : values.bands) {
    const Location roles = band.roles.count == 0 ? 0 : AddTexts(values, band.roles);
    const Location start = builder_.StartTable();
    if (band.limited) AddAmount(schema::WriteOffBand::VT_UP_TO, band.up_to, "bands");
    builder_.AddElement<int32_t>(schema::WriteOffBand::VT_APPROVALS, band.approvals, 1);
    AddLocation(schema::WriteOffBand::VT_ROLES, roles);
    bands.emplace_back(builder_.EndTable(start));
  }
  return builder_.CreateVector(bands).o;
}

CommandEncoder::Location CommandEncoder::AddReferences(size_t count) {
  uint64_t* references = nullptr;
  const auto location = builder_.CreateUninitializedVector(count, &references);
  std::fill_n(references, count, 0);
  return location.o;
}

void CommandEncoder::AddLocation(uint16_t vtable_offset, Location location) {
  if (location != 0) builder_.AddOffset(vtable_offset, flatbuffers::Offset<void>(location));
}

}  // namespace duebook
