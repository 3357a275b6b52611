// Tells whether a retry says the same as what is stored.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/command/command.h"
#include "ledger/command/spelling.h"
#include "ledger/event/event_fields.h"

namespace duebook {
namespace {

// Equal if both are absent, or both are there and equal.
template <class Value, class Equal>
bool SameOrAbsent(const Value* a, const Value* b, Equal&& equal) {
  return a == nullptr || b == nullptr ? a == b : equal(*a, *b);
}

template <class List, class Equal>
bool SameItems(const List* a, const List* b, Equal&& equal) {
  return SameOrAbsent(
      a, b, [&](const List& x, const List& y) { return std::equal(x.begin(), x.end(), y.begin(), y.end(), equal); });
}

bool SameTexts(const TextVector* a, const TextVector* b) {
  return SameItems(a, b, [](const flatbuffers::String* x, const flatbuffers::String* y) {
    return IsSameName(EventView::Text(x), EventView::Text(y));
  });
}

bool SameAmount(const schema::Amount* a, const schema::Amount* b) {
  return SameOrAbsent(a, b, [](const schema::Amount& x, const schema::Amount& y) { return x.minor() == y.minor(); });
}

bool SameDate(const schema::Date* a, const schema::Date* b) {
  return SameOrAbsent(a, b, [](const schema::Date& x, const schema::Date& y) { return x.days() == y.days(); });
}

bool SameField(const flatbuffers::Table& a, const flatbuffers::Table& b, const FieldInfo& field) {
  switch (field.type) {
    case FieldType::kText:
      return IsSameName(TextField(a, field), TextField(b, field));
    case FieldType::kProse:
      return TextField(a, field) == TextField(b, field);
    case FieldType::kDate:
      return SameDate(DateField(a, field), DateField(b, field));
    case FieldType::kAmount:
      return SameAmount(AmountField(a, field), AmountField(b, field));
    case FieldType::kInteger:
      return IntegerField(a, field) == IntegerField(b, field);
    case FieldType::kHash:
      return SameOrAbsent(StructField<schema::Hash>(a, field), StructField<schema::Hash>(b, field),
                          [](const schema::Hash& x, const schema::Hash& y) { return HashOf(x) == HashOf(y); });
    case FieldType::kTextList:
      return SameTexts(PointerField<TextVector>(a, field), PointerField<TextVector>(b, field));
    case FieldType::kItems:
      return SameItems(PointerField<ItemVector>(a, field), PointerField<ItemVector>(b, field),
                       [&](const flatbuffers::Table* x, const flatbuffers::Table* y) {
                         return std::all_of(field.items.begin(), field.items.end(),
                                            [&](const FieldInfo& part) { return SameField(*x, *y, part); });
                       });
    case FieldType::kDates:
    case FieldType::kChosenBand:
      return true;  // the ledger's own
  }
  return false;
}

bool SameHead(const Command& command, EventView stored) {
  const EventView retry = command.event();
  return IsSameName(retry.id(), stored.id()) && retry.type() == stored.type() && retry.date() == stored.date() &&
         retry.imported() == stored.imported() && retry.memo() == stored.memo() &&
         IsSameName(retry.actor(), stored.actor()) &&
         (retry.customer().empty() || IsSameName(retry.customer(), stored.customer())) &&
         (retry.currency().empty() || retry.currency() == stored.currency());
}

bool SameBody(const Command& retry, EventView stored) {
  const std::vector<FieldInfo>& fields = stored.info().fields;
  return std::all_of(fields.begin(), fields.end(), [&](const FieldInfo& field) {
    const bool by_the_ledger = field.internal || (field.filled && !retry.IsGiven(field));
    return by_the_ledger || SameField(retry.event().body_table(), stored.body_table(), field);
  });
}

}  // namespace

bool SameContent(const Command& retry, EventView stored) {
  if (!SameHead(retry, stored)) return false;
  if (retry.open_amounts().empty() || !retry.event().currency().empty()) return SameBody(retry, stored);
  // Amounts of a currency that only the documents tell are read in that of the stored event.
  Command in_currency = retry;
  return !in_currency.SetCurrency(stored.currency()).has_value() && SameBody(in_currency, stored);
}

Rejection IdConflict(EventView stored) {
  const std::string from = stored.source().empty() ? "" : fmt::format(", from {}", stored.source());
  return {RejectionCode::kIdConflict,
          fmt::format("event id {} is that of event {}, a {} of {} with other content{}", stored.id(), stored.seq(),
                      stored.info().name, stored.date().ToString(), from),
          "id"};
}

}  // namespace duebook
