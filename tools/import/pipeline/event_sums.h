// How many events there are of each type and currency, and what their amounts add up to: what an import would record.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "ledger/event/event.h"

namespace duebook {

class EventSums {
 public:
  struct Row {
    Currency currency;  // empty if the events have no amount
    uint64_t events = 0;
    std::optional<Sum>
        amount;  // of the field `amount`, also where the ledger itself fills it; nothing if they have none
  };

  void Add(EventView event);

  // By type and currency, in the order of the types and of the currencies' codes.
  const std::map<std::pair<EventType, std::string>, Row>& rows() const { return rows_; }
  uint64_t customers_opened() const { return customers_opened_; }
  // Returns the first and the last effective date; nothing without events.
  std::optional<std::pair<Date, Date>> dates() const { return dates_; }

 private:
  std::map<std::pair<EventType, std::string>, Row> rows_;
  uint64_t customers_opened_ = 0;
  std::optional<std::pair<Date, Date>> dates_;
};

}  // namespace duebook
