// The promises of a log: which were withdrawn, and which took the place of others (ledger/RULES.md, 7.4). Withdrawing
// the newer one does not bring the older one back.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

class RecordedPromises {
 public:
  // Reads all promises and their withdrawals; of the events from `first` to `last` the withdrawals alone, as their
  // promises are to be withdrawn together. Errors as of EventLog::FindOfType.
  static Result<RecordedPromises> Read(const EventLog& log, uint64_t first, uint64_t last);

  bool IsWithdrawn(uint64_t promise) const;  // by its seq
  // Returns the seq of one that was not withdrawn and whose place this one took, if there is one. Requires a
  // PromiseMade.
  std::optional<uint64_t> SupersededBy(EventView promise) const;

 private:
  // Of those that were made on one day the one with the latest last day.
  struct Made {
    Date due;
    uint64_t seq;
  };
  void Add(EventView promise);
  // What the promise is about: its invoices or, if it names none, its customer and currency.
  static std::vector<std::string> SubjectsOf(EventView promise);

  std::vector<uint64_t> withdrawn_;                     // in order
  std::map<std::string, std::map<Date, Made>> others_;  // not withdrawn, by subject and day
};

}  // namespace duebook
