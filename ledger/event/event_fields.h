// Reading a field of an event's body, or of an item in one of its lists, by its description, for code that goes over
// all fields of all types.

#pragma once

#include <algorithm>

#include "ledger/event/event.h"

namespace duebook {

using TextVector = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;
using ItemVector = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>;
using DateVector = flatbuffers::Vector<const schema::Date*>;

// A string or vector of the table; null if absent. `Value` must be that of the field's type.
template <class Value>
const Value* PointerField(const flatbuffers::Table& table, const FieldInfo& field) {
  return table.GetPointer<const Value*>(field.vtable_offset);
}

// A Date, Amount or Hash of the table; null if absent.
template <class Struct>
const Struct* StructField(const flatbuffers::Table& table, const FieldInfo& field) {
  return table.GetStruct<const Struct*>(field.vtable_offset);
}

inline std::string_view TextField(const flatbuffers::Table& table, const FieldInfo& field) {
  return EventView::Text(PointerField<flatbuffers::String>(table, field));
}

inline int32_t IntegerField(const flatbuffers::Table& table, const FieldInfo& field) {
  return table.GetField<int32_t>(field.vtable_offset, field.default_integer);
}

// Null if absent, or left for the ledger to fill in.
inline const schema::Date* DateField(const flatbuffers::Table& table, const FieldInfo& field) {
  const auto* date = StructField<schema::Date>(table, field);
  return date == nullptr || date->days() == kUnsetDays ? nullptr : date;
}

inline const schema::Amount* AmountField(const flatbuffers::Table& table, const FieldInfo& field) {
  const auto* amount = StructField<schema::Amount>(table, field);
  return amount == nullptr || amount->minor() == kUnsetMinor ? nullptr : amount;
}

inline Hash HashOf(const schema::Hash& stored) {
  Hash hash;
  std::copy_n(stored.bytes()->data(), hash.size(), hash.begin());
  return hash;
}

}  // namespace duebook
