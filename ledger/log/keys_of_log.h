// The keys by which a log's checkpoints are signed.

#pragma once

#include <cstdint>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/proof/key_chain.h"
#include "ledger/values/result.h"

namespace duebook {

// Returns all keys of the log. Cost: looks up one type in the index. kDamaged if an event is not one that the ledger
// admits.
Result<KeyChain> KeysOf(const EventLog& log);
// The same, where the seqs of all events of type SigningKeyChanged are known.
Result<KeyChain> KeysOf(const EventLog& log, const std::vector<uint64_t>& changes);

}  // namespace duebook
