#include "tools/import/event_sums.h"

#include <algorithm>

namespace duebook {

namespace {

// The field that says how much an event is about; null if the type has none that somebody gives.
const FieldInfo* AmountFieldOf(const EventTypeInfo& type) {
  const FieldInfo* field = type.FindField("amount");
  return field == nullptr || field->internal ? nullptr : field;
}

}  // namespace

void EventSums::Add(EventView event) {
  const FieldInfo* field = AmountFieldOf(event.info());
  const Currency currency = field == nullptr ? Currency() : event.currency();
  Row& row = rows_[{event.type(), currency.ToString()}];
  row.currency = currency;
  row.events++;
  if (field != nullptr) {
    const auto* amount = event.body_table().GetStruct<const schema::Amount*>(field->vtable_offset);
    row.amount = row.amount.value_or(0) + AmountOf(amount);
  }
  customers_opened_ += event.type() == EventType::CustomerOpened ? 1 : 0;
  const Date date = event.date();
  dates_ = dates_.has_value() ? std::pair(std::min(dates_->first, date), std::max(dates_->second, date))
                              : std::pair(date, date);
}

}  // namespace duebook
