// Reading only the events that a report needs, by the log's index: of some types, or of some customers.

#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "ledger/cut.h"
#include "ledger/event_log.h"
#include "ledger/result.h"
#include "projections/projection.h"

namespace duebook {

// seqs of all events of these types, ascending.
Result<std::vector<uint64_t>> SeqsOfTypes(const EventLog& log, std::initializer_list<EventType> types);

// seqs of all events about these customers, ascending. kNotFound names a customer that the log doesn't know.
Result<std::vector<uint64_t>> SeqsOfCustomers(const EventLog& log, const std::vector<std::string>& customers);

// The customers that a report has to read: those asked for or, if none are, those of whom the cut sees an event of this
// type. So a register reads the events of the customers in it, and no others.
Result<std::vector<std::string>> CustomersWith(const ReportRequest& request, const Cut& cut, EventType type);

// Both lists, ascending, without repetition.
std::vector<uint64_t> MergeSeqs(std::vector<uint64_t> a, const std::vector<uint64_t>& b);

// Visits those of the events that the cut sees, in order of seq.
Status ForEachVisible(const EventLog& log, const std::vector<uint64_t>& seqs, const Cut& cut,
                      const std::function<void(EventView)>& visit);

}  // namespace duebook
