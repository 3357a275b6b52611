// Reading only the events that a report needs, by the log's index: of some types, or of some customers.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"

namespace duebook {

// seqs of all events of these types about these customers, or about all if none is named; ascending. kNotFound names a
// customer that the log doesn't know.
Result<std::vector<uint64_t>> SeqsOfTypes(const EventLog& log, const std::vector<EventType>& types,
                                          const std::vector<std::string>& customers = {});

// seqs of all events about these customers, ascending. kNotFound names a customer that the log doesn't know.
Result<std::vector<uint64_t>> SeqsOfCustomers(const EventLog& log, const std::vector<std::string>& customers);

// Both lists, ascending, without repetition.
std::vector<uint64_t> MergeSeqs(std::vector<uint64_t> a, const std::vector<uint64_t>& b);

// Visits those of the events that the cut sees, in order of seq.
Status ForEachVisible(const EventLog& log, const std::vector<uint64_t>& seqs, const Cut& cut,
                      const std::function<void(EventView)>& visit);
// Visits the events with these seqs, ascending, which a history has under this type. kDamaged: one is of another type.
Status ForEachOfType(const EventLog& log, EventType type, const std::vector<uint64_t>& seqs,
                     const std::function<void(EventView)>& visit);

}  // namespace duebook
