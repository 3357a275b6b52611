// What every check says of a ledger's keys and kept checkpoints, beside what is wrong.

#pragma once

#include <span>
#include <string>

#include "ledger/log/event_log.h"
#include "ledger/proof/key_chain.h"
#include "ledger/values/result.h"

namespace duebook {

// Returns a line for each change of the key that nobody signed; "" if there is none.
std::string UnsignedChangeRemarks(std::span<const KeyLink> keys);

// Returns the same, and a line if checkpoints are missing of closed periods. Such a copy is made all the same.
Result<std::string> KeyRemarksOfCopy(const EventLog& copy);

}  // namespace duebook
