// What every check says of a ledger's keys, kept checkpoints and files, beside what is wrong.

#pragma once

#include <span>
#include <string>

#include "ledger/log/event_log.h"
#include "ledger/proof/key_chain.h"
#include "ledger/values/hash.h"
#include "ledger/values/result.h"

namespace duebook {

// A line for each change of the key that nobody signed. "" if there is none.
std::string UnsignedChangeRemarks(std::span<const KeyLink> keys);

// The same, and a line if checkpoints are missing of closed periods: for a copy that is made all the same.
Result<std::string> KeyRemarksOfCopy(const EventLog& copy);

// A line for each file that an event names to be kept, and that is not. "" if there is none.
std::string SentencesOnMissingFiles(std::span<const Hash> missing);

}  // namespace duebook
