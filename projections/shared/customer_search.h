// Customers by what people write of them.

#pragma once

#include <string>
#include <string_view>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

struct FoundCustomer {
  std::string id;        // as the ledger spells it
  std::string name;      // as it is called by now, if it was looked for; it may be ""
  bool by_part = false;  // only a part of the number or name was given
};

// Returns whether the number or name holds the text, which is folded as FoldedForSearch does.
bool HoldsText(std::string_view id, std::string_view name, std::string_view folded);

// Returns the customer with this number. With `by_part`, a part of a number or name that just one customer has does,
// too, in any case and width. kNotFound: there is none, or there are several; the error names those that may be meant.
// Cost: a look-up; only where no customer has the number, all of them are looked through.
Result<FoundCustomer> FindCustomer(const EventLog& log, std::string_view given, bool by_part);

}  // namespace duebook
