#include "tools/import/pipeline/event_sums.h"

#include <algorithm>

#include "ledger/event/event_fields.h"

namespace duebook {

namespace {

// How much the event is about, whoever said so: the record, or the ledger, which knows what is reversed. Null if its
// type has no amount, or it moves none yet, as the first of two approvals.
const schema::Amount* FindAmount(EventView event) {
  const FieldInfo* field = event.info().FindField("amount");
  return field == nullptr ? nullptr : AmountField(event.body_table(), *field);
}

}  // namespace

void EventSums::Add(EventView event) {
  const schema::Amount* const amount = FindAmount(event);
  const Currency currency = amount == nullptr ? Currency() : event.currency();
  Row& row = rows_[{event.type(), currency.ToString()}];
  row.currency = currency;
  row.events++;
  if (amount != nullptr) row.amount = row.amount.value_or(0) + amount->minor();
  customers_opened_ += event.type() == EventType::CustomerOpened ? 1 : 0;
  const Date date = event.date();
  dates_ = dates_.has_value() ? std::pair(std::min(dates_->first, date), std::max(dates_->second, date))
                              : std::pair(date, date);
}

}  // namespace duebook
