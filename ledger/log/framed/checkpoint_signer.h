// At which events a log keeps a checkpoint of itself, and the key that signs it: at the close of a period, and where
// another key takes the place of the one before.
//
// Not thread-safe.

#pragma once

#include <optional>
#include <string>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/proof/key_chain.h"
#include "ledger/proof/merkle_tree.h"
#include "ledger/proof/signing_key.h"
#include "ledger/values/result.h"

namespace duebook {

class CheckpointSigner {
 public:
  // The log outlives it; its identity and folder are asked for when something is signed.
  CheckpointSigner(const EventLog& log, StoreOptions store) : log_(log), store_(std::move(store)) {}

  // As EventLog::LoadKey.
  Status LoadKey(const KeyChain& keys);

  // The checkpoint that is to be kept once this event is appended, signed; nothing at nearly all events, in a copy, or
  // if the key is not at hand, of which it warns. `tree`: of all events up to this one. An event that puts another key
  // in place is followed, and reads the file of the key.
  std::optional<std::string> NoteAfter(EventView event, const MerkleFrontier& tree) {
    if (event.type() == EventType::PeriodClosed) return Sign(tree);
    if (event.type() == EventType::SigningKeyChanged) return FollowKeyChange(event, tree);
    return std::nullopt;
  }

 private:
  std::optional<std::string> Sign(const MerkleFrontier& tree) const;
  std::optional<std::string> FollowKeyChange(EventView change, const MerkleFrontier& tree);

  const EventLog& log_;
  const StoreOptions store_;
  std::optional<KeyChain> keys_;   // once LoadKey was called
  std::optional<SigningKey> key_;  // the present one of them, if at hand
};

}  // namespace duebook
