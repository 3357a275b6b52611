// The value of a field as text, in the form that a CSV cell holds.

#include <algorithm>
#include <utility>

#include "ledger/event/event_fields.h"

namespace duebook {
namespace {

// The items' texts with `sign` between them.
template <class List, class ItemText>
std::string Joined(const List* list, char sign, ItemText&& item_text) {
  std::string joined;
  if (list == nullptr) return joined;
  bool is_first = true;
  for (const auto* item : *list) {
    if (!std::exchange(is_first, false)) joined += sign;
    joined += item_text(item);
  }
  return joined;
}

std::string JoinedTexts(const TextVector* list, char sign) {
  return Joined(list, sign, [](const flatbuffers::String* text) { return EventView::Text(text); });
}

std::string ChosenBandText(const schema::ChosenBand* chosen, Currency currency) {
  if (chosen == nullptr || chosen->policy() == 0) return "";
  const std::string band = chosen->band() < 0 ? "above all bands" : "band " + std::to_string(chosen->band() + 1);
  std::string text = band + " of policy " + std::to_string(chosen->policy()) + " for ";
  return text.append(FormatAmount(chosen->added_up(), currency)).append(OrMore(chosen->added_up()));
}

std::string StructText(const flatbuffers::Table& table, const FieldInfo& field, Currency currency) {
  if (field.type == FieldType::kDate) {
    const schema::Date* date = DateField(table, field);
    return date == nullptr ? "" : DateOf(*date).ToString();
  }
  if (field.type == FieldType::kAmount) {
    const schema::Amount* amount = AmountField(table, field);
    return amount == nullptr ? "" : FormatAmount(amount->minor(), currency);
  }
  const auto* hash = StructField<schema::Hash>(table, field);
  return hash == nullptr || HashOf(*hash) == Hash{} ? "" : ToHex(HashOf(*hash));
}

std::string ValueText(const flatbuffers::Table& table, const FieldInfo& field, Currency currency, char list_sign);

// Returns the item as a cell has it: what is absent is a hyphen, or left out at the end.
std::string ItemText(const flatbuffers::Table& item, const std::vector<FieldInfo>& fields, Currency currency) {
  std::string text;
  size_t end = 0;
  for (const FieldInfo& field : fields) {
    const std::string value = ValueText(item, field, currency, '+');
    if (!text.empty()) text += ' ';
    text += value.empty() ? "-" : value;
    if (!value.empty()) end = text.size();
  }
  return text.substr(0, end);
}

std::string ValueText(const flatbuffers::Table& table, const FieldInfo& field, Currency currency, char list_sign) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kProse:
      return std::string(TextField(table, field));
    case FieldType::kInteger: {
      const int32_t number = IntegerField(table, field);
      return number < field.least_integer ? "" : std::to_string(number);  // below: not given
    }
    case FieldType::kTextList:
      return JoinedTexts(PointerField<TextVector>(table, field), list_sign);
    case FieldType::kDates:
      return Joined(PointerField<DateVector>(table, field), list_sign, [](const schema::Date* date) {
        return date->days() == kUnsetDays ? std::string("-") : DateOf(*date).ToString();
      });
    case FieldType::kItems:
      return Joined(PointerField<ItemVector>(table, field), list_sign,
                    [&](const flatbuffers::Table* item) { return ItemText(*item, field.items, currency); });
    case FieldType::kDate:
    case FieldType::kAmount:
    case FieldType::kHash:
      return StructText(table, field, currency);
    case FieldType::kChosenBand:
      return ChosenBandText(StructField<schema::ChosenBand>(table, field), currency);
  }
  return {};
}

}  // namespace

std::string_view OrMore(Minor added_up) { return added_up == kMostAddedUp ? " or more" : ""; }

std::string FieldText(EventView event, const FieldInfo& field) {
  return ValueText(event.body_table(), field, event.currency(), ';');
}

std::string FieldText(const flatbuffers::Table& item, const FieldInfo& field, Currency currency) {
  return ValueText(item, field, currency, '+');
}

}  // namespace duebook
