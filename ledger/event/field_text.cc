// The value of a field as text, in the form that a CSV cell holds.

#include <algorithm>

#include "ledger/event/event_fields.h"

namespace duebook {
namespace {

// The items' texts with `sign` between them.
template <class List, class ItemText>
std::string Joined(const List* list, char sign, ItemText&& item_text) {
  std::string joined;
  if (list == nullptr) return joined;
  for (const auto* item : *list) {
    if (item != *list->begin()) joined += sign;
    joined += item_text(item);
  }
  return joined;
}

std::string JoinedTexts(const TextVector* list, char sign) {
  return Joined(list, sign, [](const flatbuffers::String* text) { return EventView::Text(text); });
}

std::string InstalmentText(const schema::Instalment& instalment, Currency currency) {
  return DateOf(*instalment.due()).ToString() + ' ' + FormatAmount(instalment.amount()->minor(), currency);
}

std::string BandText(const schema::WriteOffBand& band, Currency currency) {
  std::string text = band.up_to() == nullptr ? "-" : FormatAmount(band.up_to()->minor(), currency);
  text += ' ' + std::to_string(band.approvals());
  const std::string roles = JoinedTexts(band.roles(), '+');
  return roles.empty() ? text : text + ' ' + roles;
}

std::string ChosenBandText(const schema::ChosenBand* chosen, Currency currency) {
  if (chosen == nullptr || chosen->policy() == 0) return "";
  const std::string band = chosen->band() < 0 ? "above all bands" : "band " + std::to_string(chosen->band() + 1);
  std::string text = band + " of policy " + std::to_string(chosen->policy()) + " for ";
  return text.append(FormatAmount(chosen->added_up(), currency)).append(OrMore(chosen->added_up()));
}

std::string StructText(EventView event, const FieldInfo& field) {
  if (field.type == FieldType::kDate) {
    const schema::Date* date = DateField(event, field);
    return date == nullptr ? "" : DateOf(*date).ToString();
  }
  if (field.type == FieldType::kAmount) {
    const schema::Amount* amount = AmountField(event, field);
    return amount == nullptr ? "" : FormatAmount(amount->minor(), event.currency());
  }
  const auto* hash = StructField<schema::Hash>(event, field);
  return hash == nullptr || HashOf(*hash) == Hash{} ? "" : ToHex(HashOf(*hash));
}

}  // namespace

std::string_view OrMore(Minor added_up) { return added_up == kMostAddedUp ? " or more" : ""; }

std::string FieldText(EventView event, const FieldInfo& field) {
  switch (field.type) {
    case FieldType::kText:
    case FieldType::kProse:
      return std::string(TextField(event, field));
    case FieldType::kInteger:
      return std::to_string(IntegerField(event, field));
    case FieldType::kTextList:
      return JoinedTexts(PointerField<TextVector>(event, field), ';');
    case FieldType::kInstalments:
      return Joined(PointerField<InstalmentVector>(event, field), ';',
                    [&](const schema::Instalment* item) { return InstalmentText(*item, event.currency()); });
    case FieldType::kBands:
      return Joined(PointerField<BandVector>(event, field), ';',
                    [&](const schema::WriteOffBand* item) { return BandText(*item, event.currency()); });
    case FieldType::kDate:
    case FieldType::kAmount:
    case FieldType::kHash:
      return StructText(event, field);
    case FieldType::kChosenBand:
      return ChosenBandText(StructField<schema::ChosenBand>(event, field), event.currency());
  }
  return {};
}

}  // namespace duebook
