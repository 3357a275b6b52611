#include "ledger/command/encode/command_encoder.h"

namespace duebook {
namespace {

// The most layouts of one type that are kept. Few are in use at a time, whatever fields a file leaves out here and
// there.
constexpr size_t kMostLayouts = 32;

// The fields of an event's head that not every event has, as bits above those of the body's fields.
constexpr int kFirstHeadBit = 56;
enum HeadBit { kCurrency = kFirstHeadBit, kActor, kSource, kMemo, kCustomer, kImported };

bool IsOutside(FieldType type) {
  switch (type) {
    case FieldType::kText:
    case FieldType::kProse:
    case FieldType::kTextList:
    case FieldType::kItems:
    case FieldType::kDates:
      return true;
    default:
      return false;
  }
}

// Returns whether the body has the field, if only as a placeholder. A number that is absent reads as its default.
bool IsStored(const FieldInfo& field, const FieldValue& value) {
  if (field.type == FieldType::kInteger) return value.present && value.integer != field.default_integer;
  const bool has_place = !IsOutside(field.type) || field.type == FieldType::kDates;
  return value.present || (has_place && (field.filled || field.internal));
}

// An item's number is there even where it is the default, which it may not stay.
bool IsStoredInItem(const FieldInfo& field, const FieldValue& value) {
  return field.type == FieldType::kInteger ||
         (value.present && (field.type != FieldType::kTextList || value.items.count > 0));
}

uint64_t PresentIn(const RecordValues& values) {
  uint64_t present = 0;
  const auto set_if = [&](size_t bit, bool is_there) { present |= uint64_t{is_there} << bit; };
  CHECK(values.fields.size() <= kFirstHeadBit);
  for (size_t i = 0; i < values.fields.size(); i++) set_if(i, IsStored(values.type->fields[i], values.fields[i]));
  set_if(kCurrency, values.type->has_amount || !values.currency.empty());
  set_if(kActor, !values.actor.empty());
  set_if(kSource, !values.source.empty());
  set_if(kMemo, !values.memo.empty());
  set_if(kCustomer, values.customer_open || !values.customer.empty());
  set_if(kImported, values.imported);
  return present;
}

template <class Value>
TableField FieldOf(uint16_t vtable_offset) {
  return {vtable_offset, sizeof(Value), alignof(Value)};
}
TableField OffsetField(uint16_t vtable_offset) { return FieldOf<flatbuffers::uoffset_t>(vtable_offset); }

TableField BodyField(const FieldInfo& field) {
  switch (field.type) {
    case FieldType::kDate:
      return FieldOf<schema::Date>(field.vtable_offset);
    case FieldType::kAmount:
      return FieldOf<schema::Amount>(field.vtable_offset);
    case FieldType::kHash:
      return FieldOf<schema::Hash>(field.vtable_offset);
    case FieldType::kChosenBand:
      return FieldOf<schema::ChosenBand>(field.vtable_offset);
    case FieldType::kInteger:
      return FieldOf<int32_t>(field.vtable_offset);
    default:
      return OffsetField(field.vtable_offset);
  }
}

// Adds a table whose fields' places become known as it is added.
class PlacedTable {
 public:
  void Add(const TableField& field, uint32_t* place) {
    fields_.push_back(field);
    places_.push_back(place);
  }
  uint32_t AddTo(FlatWriter* writer) const {
    const TableShape shape(fields_);
    const uint32_t table = writer->AddTable(shape, writer->AddVtable(shape));
    for (size_t i = 0; i < places_.size(); i++) *places_[i] = table + shape.place(i);
    return table;
  }

 private:
  std::vector<TableField> fields_;
  std::vector<uint32_t*> places_;
};

}  // namespace

CommandEncoder::Layout CommandEncoder::MakeLayout(const RecordValues& values, uint64_t present) {
  Layout layout{};
  layout.present = present;
  layout.fields.resize(values.fields.size());
  uint32_t seq = 0;
  uint32_t recorded_at = 0;
  uint32_t body = 0;
  PlacedTable event;
  const auto add_if = [&](HeadBit bit, const TableField& field, uint32_t* place) {
    if ((present >> bit & 1) != 0) event.Add(field, place);
  };
  event.Add(FieldOf<uint64_t>(schema::Event::VT_SEQ), &seq);
  event.Add(FieldOf<int64_t>(schema::Event::VT_RECORDED_AT), &recorded_at);
  event.Add(FieldOf<int32_t>(schema::Event::VT_EFFECTIVE_DATE), &layout.date);
  add_if(kCurrency, FieldOf<uint32_t>(schema::Event::VT_CURRENCY), &layout.currency);
  event.Add(OffsetField(schema::Event::VT_ID), &layout.id);
  add_if(kActor, OffsetField(schema::Event::VT_ACTOR), &layout.actor);
  add_if(kSource, OffsetField(schema::Event::VT_SOURCE), &layout.source);
  add_if(kMemo, OffsetField(schema::Event::VT_MEMO), &layout.memo);
  add_if(kCustomer, OffsetField(schema::Event::VT_CUSTOMER), &layout.customer);
  event.Add(OffsetField(schema::Event::VT_REFERENCES), &layout.references);
  event.Add(OffsetField(schema::Event::VT_BODY), &body);
  event.Add(FieldOf<uint8_t>(schema::Event::VT_BODY_TYPE), &layout.body_type);
  add_if(kImported, FieldOf<uint8_t>(schema::Event::VT_IMPORTED), &layout.imported);

  PlacedTable body_table;
  for (size_t i = 0; i < layout.fields.size(); i++) {
    if ((present >> i & 1) != 0) body_table.Add(BodyField(values.type->fields[i]), &layout.fields[i]);
  }

  FlatWriter writer;
  constexpr uint32_t kRoot = 0;
  writer.Begin(std::string_view("\0\0\0\0", sizeof(flatbuffers::uoffset_t)));
  writer.Point(kRoot, event.AddTo(&writer));
  writer.Point(body, body_table.AddTo(&writer));
  writer.Set(layout.body_type, static_cast<uint8_t>(values.type->type));
  if (layout.imported != 0) writer.Set(layout.imported, uint8_t{1});
  layout.bytes = writer.bytes();
  return layout;
}

const CommandEncoder::Layout& CommandEncoder::LayoutFor(const RecordValues& values) {
  const uint64_t present = PresentIn(values);
  std::vector<Layout>& known = layouts_[static_cast<uint8_t>(values.type->type)];
  for (const Layout& layout : known) {
    if (layout.present == present) return layout;
  }
  if (known.size() == kMostLayouts) known.clear();
  return known.emplace_back(MakeLayout(values, present));
}

Command CommandEncoder::Encode(const RecordValues& values) {
  const Layout& layout = LayoutFor(values);
  Command command;
  writer_.Begin(layout.bytes);
  SetHead(values, layout);
  for (size_t i = 0; i < values.fields.size(); i++) {
    if (values.type->fields[i].filled && !values.fields[i].present) command.left_open_ |= uint64_t{1} << i;
    if (layout.fields[i] != 0) SetField(values, values.type->fields[i], values.fields[i], layout.fields[i], &command);
  }
  // Last in the bytes: it may still change.
  if (layout.customer != 0) {
    if (values.customer.empty()) command.open_customer_ = writer_.size();
    PointToText(layout.customer, values.customer);
  }
  writer_.Align();
  command.bytes_.reserve(writer_.size() + (values.customer_open ? kMaxNumberBytes + 2 * sizeof(uint64_t) : 0));
  command.bytes_ = writer_.bytes();
  return command;
}

void CommandEncoder::SetHead(const RecordValues& values, const Layout& layout) {
  writer_.Set(layout.date, values.date.days());
  if (layout.currency != 0) writer_.Set(layout.currency, values.currency.packed());
  PointToText(layout.id, values.id);
  if (layout.actor != 0) PointToText(layout.actor, values.actor);
  if (layout.source != 0) PointToText(layout.source, values.source);
  if (layout.memo != 0) PointToText(layout.memo, values.memo);
  writer_.Point(layout.references, writer_.AddVector(values.references, sizeof(uint64_t)));
}

void CommandEncoder::SetField(const RecordValues& values, const FieldInfo& info, const FieldValue& value,
                              uint32_t place, Command* command) {
  switch (info.type) {
    case FieldType::kText:
    case FieldType::kProse:
      return PointToText(place, value.text);
    case FieldType::kTextList:
      return PointToTexts(place, values, value.items);
    case FieldType::kItems:
      return PointToItems(place, values, info, value.items, command);
    case FieldType::kDate:
      return writer_.SetStruct(place, schema::Date(value.present ? value.date.days() : kUnsetDays));
    case FieldType::kAmount:
      if (value.present) return SetAmount(place, value.amount, info.name, command);
      return writer_.SetStruct(place, schema::Amount(kUnsetMinor));
    case FieldType::kHash:
      return writer_.SetStruct(place, value.hash);
    case FieldType::kInteger:
      return writer_.Set(place, value.integer);
    case FieldType::kDates:
      return PointToUnsetDates(place, values, info);
    case FieldType::kChosenBand:
      return;  // zeros until the ledger sets it
  }
}

void CommandEncoder::SetAmount(uint32_t place, const AmountValue& amount, std::string_view field, Command* command) {
  writer_.SetStruct(place, schema::Amount(amount.minor));
  if (amount.minor == kUnsetMinor) command->open_amounts_.push_back({place, amount.decimal, field});
}

void CommandEncoder::PointToText(uint32_t place, std::string_view text) { writer_.Point(place, writer_.AddText(text)); }

void CommandEncoder::PointToTexts(uint32_t place, const RecordValues& values, ItemRange items) {
  const uint32_t list = writer_.AddVector(items.count, sizeof(flatbuffers::uoffset_t));
  writer_.Point(place, list);
  for (size_t i = 0; i < items.count; i++) PointToText(FlatWriter::Item(list, i), values.texts[items.first + i]);
}

void CommandEncoder::PointToUnsetDates(uint32_t place, const RecordValues& values, const FieldInfo& info) {
  const FieldInfo* list = values.type->FindField(info.for_each);
  CHECK(list != nullptr);
  const size_t count = values.fields[static_cast<size_t>(list - values.type->fields.data())].items.count;
  const uint32_t dates = writer_.AddVector(count, sizeof(schema::Date));
  writer_.Point(place, dates);
  for (size_t i = 0; i < count; i++) {
    writer_.SetStruct(FlatWriter::Item(dates, i), schema::Date(kUnsetDays));
  }
}

// Items that have the same fields share a vtable.
void CommandEncoder::PointToItems(uint32_t place, const RecordValues& values, const FieldInfo& info, ItemRange items,
                                  Command* command) {
  struct Shape {
    uint64_t present;
    TableShape shape;
    uint32_t vtable;
  };
  std::vector<Shape> shapes;
  const uint32_t list = writer_.AddVector(items.count, sizeof(flatbuffers::uoffset_t));
  writer_.Point(place, list);
  for (size_t i = 0; i < items.count; i++) {
    const FieldValue* const parts = values.items.data() + items.first + i * info.items.size();
    uint64_t present = 0;
    std::vector<TableField> fields;
    for (size_t j = 0; j < info.items.size(); j++) {
      if (!IsStoredInItem(info.items[j], parts[j])) continue;
      present |= uint64_t{1} << j;
      fields.push_back(BodyField(info.items[j]));
    }
    auto known =
        std::find_if(shapes.begin(), shapes.end(), [&](const Shape& shape) { return shape.present == present; });
    if (known == shapes.end()) {
      TableShape shape(fields);
      const uint32_t vtable = writer_.AddVtable(shape);
      known = shapes.insert(shapes.end(), {present, std::move(shape), vtable});
    }
    const uint32_t table = writer_.AddTable(known->shape, known->vtable);
    writer_.Point(FlatWriter::Item(list, i), table);
    size_t field = 0;
    for (size_t j = 0; j < info.items.size(); j++) {
      if ((present >> j & 1) == 0) continue;
      SetField(values, info.items[j], parts[j], table + known->shape.place(field++), command);
    }
  }
}

}  // namespace duebook
