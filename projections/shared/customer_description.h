// What events say of one customer, such as the name and the address, on a day.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include "ledger/event/event.h"
#include "ledger/values/date.h"

namespace duebook {

class CustomerDescription {
 public:
  explicit CustomerDescription(Date day) : day_(day) {}

  // Learns what an event of the customer says. Events come in order of seq; those dated after the day are passed over.
  void Evolve(EventView event);

  // Returns what was said last of a field, by the day: by date, and of one date by seq. "" if nobody said, or it was
  // cleared since.
  std::string Of(std::string_view field) const;

 private:
  struct Said {
    Date date;
    std::string text;
  };
  void Say(std::string_view field, Date date, std::string text);

  Date day_;
  std::map<std::string, Said, std::less<>> said_;
};

}  // namespace duebook
