// Reading a field of an event's body by its description, for code that goes over all fields of all types.

#pragma once

#include <algorithm>

#include "ledger/event/event.h"

namespace duebook {

using TextVector = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
using InstalmentVector = flatbuffers::Vector<flatbuffers::Offset<schema::Instalment>>;
using BandVector = flatbuffers::Vector<flatbuffers::Offset<schema::WriteOffBand>>;

// A string or vector of the body; null if absent. `Value` must be that of the field's type.
template <class Value>
const Value* PointerField(EventView event, const FieldInfo& field) {
  return event.body_table().GetPointer<const Value*>(field.vtable_offset);
}

// A Date, Amount or Hash of the body; null if absent.
template <class Struct>
const Struct* StructField(EventView event, const FieldInfo& field) {
  return event.body_table().GetStruct<const Struct*>(field.vtable_offset);
}

inline std::string_view TextField(EventView event, const FieldInfo& field) {
  return EventView::Text(PointerField<flatbuffers::String>(event, field));
}

inline int64_t IntegerField(EventView event, const FieldInfo& field) {
  return event.body_table().GetField<int32_t>(field.vtable_offset, static_cast<int32_t>(field.default_integer));
}

// Null if absent, or left for the ledger to fill in.
inline const schema::Date* DateField(EventView event, const FieldInfo& field) {
  const auto* date = StructField<schema::Date>(event, field);
  return date == nullptr || date->days() == kUnsetDays ? nullptr : date;
}

inline const schema::Amount* AmountField(EventView event, const FieldInfo& field) {
  const auto* amount = StructField<schema::Amount>(event, field);
  return amount == nullptr || amount->minor() == kUnsetMinor ? nullptr : amount;
}

inline Hash HashOf(const schema::Hash& stored) {
  Hash hash;
  std::copy_n(stored.bytes()->data(), hash.size(), hash.begin());
  return hash;
}

}  // namespace duebook
