// Holds checkpoints against the event log: whether it still begins with the events that they were signed over.

#pragma once

#include <optional>
#include <span>
#include <string>

#include "ledger/log/event_log.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/proof/checkpoint.h"

namespace duebook {

// The log's checkpoint at this size, to be signed. Reads at most 63 nodes of the tree. Requires size <= last_seq().
Result<Checkpoint> CheckpointAt(const EventLog& log, uint64_t size);

// Returns what contradicts the checkpoint, if something does: another ledger's, more events than the log has (it was
// cut back), another root (an event was changed, removed or put in before). Asks the stored tree, which only
// verification holds against the events. `name` is what the fault calls it; `trusted_size`: the log is known to be
// right up to there.
Result<std::optional<EventLog::Fault>> HoldAgainst(const EventLog& log, const Checkpoint& checkpoint,
                                                   const std::string& name, uint64_t trusted_size = 0);

// A checkpoint kept outside the ledger, by an auditor.
struct ForeignCheckpoint {
  std::string name;  // of its file
  std::string note;
};

// Holds all kept checkpoints and the given ones against the log, their signatures included. `keys` is what
// KeysOf(log) says: keys that do not follow from each other are the first fault. Requires a log in which
// EventLog::Verify finds nothing.
Result<std::optional<EventLog::Fault>> VerifyCheckpoints(const EventLog& log, const Result<KeyChain>& keys,
                                                         std::span<const ForeignCheckpoint> foreign);

// A fault if the private key in the ledger's folder can be read and is none of `keys`, all keys of the log. Whoever may
// not read it, or keeps it elsewhere, can verify all the same.
Result<std::optional<EventLog::Fault>> VerifyPrivateKey(const EventLog& log, const KeyChain& keys);

// Checks whether somebody who trusts this key alone may trust two others of the chain, all keys of the log. Later keys
// follow from it by signatures. Earlier ones were signed by nobody but themselves: for them it takes a kept checkpoint
// by which the key, or one that follows from it, vouches for the log. Returns what stands against it, or nothing.
Result<std::optional<EventLog::Fault>> CheckTrust(const EventLog& log, const KeyChain& keys, const PublicKey& trusted,
                                                  size_t first, size_t last);

// The sizes for which a checkpoint should be kept and is not: the closes of periods, ascending. The key was not at hand
// then, or somebody removed the checkpoint: which of the two nobody can tell. Nothing that is there is wrong for it.
Result<std::vector<uint64_t>> MissingCheckpoints(const EventLog& log);
// For people: that these are missing. "" if none is.
std::string SentenceOnMissing(const std::vector<uint64_t>& sizes);

}  // namespace duebook
