#include "ledger/event/event.h"

#include <array>

#include "flatbuffers/verifier.h"
#include "ledger/event/event_fields.h"

namespace duebook {
namespace {

constexpr std::array<std::string_view, kDocumentKinds> kKindNames = {
    "",         "invoice",      "credit_note",     "debit_note", "payment",    "application", "refund",
    "shipment", "promise",      "dispute",         "write_off",  "recovery",   "event",       "guarantee",
    "override", "confirmation", "acknowledgement", "escalation", "difference", "bill"};

bool IsText(std::string_view text, size_t max_bytes) { return text.size() <= max_bytes && IsValidUtf8(text); }

bool IsNumber(std::string_view text) { return !text.empty() && IsText(text, kMaxNumberBytes); }

template <class List, class IsItem>
bool IsList(const List* list, IsItem&& is_item) {
  if (list == nullptr) return true;
  return list->size() <= kMaxListItems && std::all_of(list->begin(), list->end(), is_item);
}

bool IsTextList(const TextVector* list) {
  return IsList(list, [](const flatbuffers::String* item) { return IsNumber(EventView::Text(item)); });
}

// How many texts a list has, by its name.
size_t TextsIn(const flatbuffers::Table& table, const std::vector<FieldInfo>& fields, std::string_view name) {
  const auto list = std::find_if(fields.begin(), fields.end(), [name](const auto& each) { return each.name == name; });
  CHECK(list != fields.end() && list->type == FieldType::kTextList);
  const auto* texts = PointerField<TextVector>(table, *list);
  return texts == nullptr ? 0 : texts->size();
}

bool IsDate(int32_t days) { return days >= Date::Min().days() && days <= Date::Max().days(); }

bool IsDateList(const DateVector* list) {
  return IsList(list, [](const schema::Date* date) { return date->days() == kUnsetDays || IsDate(date->days()); });
}

bool IsField(const flatbuffers::Table& table, const FieldInfo& field) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kProse: {
      const std::string_view text = TextField(table, field);
      return IsText(text, field.max_bytes()) && (!field.required || !text.empty());
    }
    case FieldType::kDate: {
      const schema::Date* date = DateField(table, field);
      return date == nullptr || IsDate(date->days());
    }
    case FieldType::kTextList:
      return IsTextList(PointerField<TextVector>(table, field));
    case FieldType::kDates:
      return IsDateList(PointerField<DateVector>(table, field));
    case FieldType::kItems:
      return IsList(PointerField<ItemVector>(table, field), [&](const flatbuffers::Table* item) {
        return std::all_of(field.items.begin(), field.items.end(),
                           [&](const FieldInfo& part) { return IsField(*item, part); });
      });
    case FieldType::kAmount:
    case FieldType::kInteger:
    case FieldType::kHash:
    case FieldType::kChosenBand:
      return true;
  }
  return false;
}

bool IsHead(EventView event) {
  return !event.id().empty() && IsText(event.id(), kMaxIdBytes) && IsText(event.actor(), kMaxNumberBytes) &&
         IsText(event.customer(), kMaxNumberBytes) && IsText(event.source(), kMaxProseBytes) &&
         IsText(event.memo(), kMaxProseBytes) && IsDate(event.date().days()) &&
         (event.table().currency() == 0 || Currency::FromPacked(event.table().currency()).has_value());
}

}  // namespace

std::string_view KindName(DocumentKind kind) { return kKindNames[static_cast<size_t>(kind)]; }

DocumentKind KindFromName(std::string_view name) {
  const auto found = std::find(kKindNames.begin(), kKindNames.end(), name);
  return found == kKindNames.end() ? DocumentKind::kNone : static_cast<DocumentKind>(found - kKindNames.begin());
}

bool VerifyEvent(std::string_view bytes) {
  flatbuffers::Verifier verifier(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (!schema::VerifyEventBuffer(verifier)) return false;
  const EventView event(bytes);
  // The generated check lets types pass that it does not know, without looking at their bodies.
  const EventTypeInfo* info = FindEventType(event.type());
  if (info == nullptr || !IsHead(event)) return false;
  for (const FieldInfo& field : info->fields) {
    if (!IsField(event.body_table(), field)) return false;
    if (field.type != FieldType::kDates) continue;
    const auto* dates = PointerField<DateVector>(event.body_table(), field);
    const size_t count = dates == nullptr ? 0 : dates->size();
    if (count != TextsIn(event.body_table(), info->fields, field.for_each)) return false;
  }
  return event.reference_count() == ReferenceCount(event);
}

}  // namespace duebook
