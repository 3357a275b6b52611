// The values of one record, read and checked: what stands between a door's raw text and an event's bytes.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"

namespace duebook {

struct AmountValue {
  Decimal decimal;
  Minor minor = kUnsetMinor;  // unset while the currency is left to the documents that the event names
};

// A run of items in one of the lists of RecordValues: of texts in `texts`, of tables in `items`, where each has as many
// values as its table has fields.
struct ItemRange {
  size_t first = 0;
  size_t count = 0;
};

// The value of one field of the body, or of an item in one of its lists. Which member counts is said by the field's
// type.
struct FieldValue {
  bool present = false;  // an empty text or list is absent
  std::string_view text;
  int32_t integer = 0;
  Date date;
  AmountValue amount;
  Hash hash;
  ItemRange items;
};

// Views into the record. Reused from record to record, so that reading allocates nothing once it is warm.
struct RecordValues {
  const EventTypeInfo* type = nullptr;
  std::string_view id, actor, source, memo, customer;
  Date date;
  Currency currency;           // empty: the event has none, or it is left to the documents
  bool currency_open = false;  // left to the documents
  bool imported = false;
  bool customer_open = false;  // left to the documents
  size_t references = 1;

  std::vector<FieldValue> fields;  // as type->fields
  std::vector<std::string_view> texts;
  std::vector<FieldValue> items;
};

}  // namespace duebook
