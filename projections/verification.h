// Verification of a whole ledger: whether its bytes are as they were written, and whether all that follows from its
// events is what they make.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/event_log.h"
#include "ledger/proof/key_chain.h"
#include "ledger/proof/signing_key.h"
#include "ledger/values/result.h"

namespace duebook {

// How many of the newest events a quick verification reads.
inline constexpr uint64_t kQuickEvents = 65'536;

struct VerificationOptions {
  // Only the newest kQuickEvents events and all checkpoints are looked at; books, index, history and invariants are
  // not.
  bool quick = false;
  // Checkpoints from outside, which are held against the ledger as those are that it keeps.
  std::vector<ForeignCheckpoint> checkpoints;
  // A public key that the caller knows to be the ledger's: all its other keys must follow from that one.
  std::optional<PublicKey> key;
  // Is told how many events were read, of how many.
  std::function<void(uint64_t done, uint64_t total)> progress = [](uint64_t, uint64_t) {};
};

struct Verification {
  // The first fault, in the order in which one check relies on the other: the bytes and the tree, checkpoints, keys,
  // kept files, the books, the index, the history, the invariants. Nothing if all that is there is right.
  std::optional<EventLog::Fault> fault;
  // The ledger's keys, the closes of periods of which no checkpoint is kept (MissingCheckpoints), and the files that
  // events name and that are not kept (MissingFiles). All are empty if there is a fault.
  std::vector<KeyLink> keys;
  std::vector<uint64_t> missing_checkpoints;
  std::vector<Hash> missing_files;
};

// Reads every byte again and makes anew what follows from the events. A log opened by kVerify is verified even where
// the ledger can no longer be opened otherwise. kUnavailable: something cannot be read.
//
// Cost: one pass over the log with a thread for each check, then the history and some cuts of it in as many threads as
// there are cores. Memory: the books, about 200 bytes a document, and the fold of the index in the making; then what
// is worked out on the history, whose columns are mapped.
Result<Verification> VerifyLedger(const EventLog& log, const VerificationOptions& options = {});

}  // namespace duebook
