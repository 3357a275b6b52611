// What payers wrote on their payments.

#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

// Returns, by their seqs, the references of those of the events that are payments with one. Cost: reading the events.
Result<std::unordered_map<uint64_t, std::string>> ReferencesOf(const EventLog& log, const std::vector<uint64_t>& seqs);

}  // namespace duebook
