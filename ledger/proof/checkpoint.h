// Checkpoints: the size and root of the Merkle tree at one moment, signed by the ledger. Whoever holds one can have the
// ledger prove later that it has only grown since.
//
// The text, as https://c2sp.org/tlog-checkpoint has it, is the text of a signed note:
//
//   ORIGIN        COMPANY/LEDGER_ID, with what no key's name may hold replaced by '-'
//   SIZE          events, in decimal
//   BASE64(ROOT)
//   identity BASE64(HASH)    what the ledger is (IdentityHash); not in those that were signed before 2026-11
//
// The fourth line is an extension of that text: who does not know it passes over it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/event/event.h"
#include "ledger/proof/key_chain.h"
#include "ledger/proof/ledger_identity.h"
#include "ledger/proof/signing_key.h"
#include "ledger/values/hash.h"

namespace duebook {

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  Hash root{};
  std::optional<Hash> identity = {};

  bool operator==(const Checkpoint&) const = default;
};

// SHA-256 over what a ledger is: "duebook identity 1", company, currency, ledger id, public key and the time when it
// was made (as Time::ToString), each ended by a line feed.
Hash IdentityHash(const LedgerIdentity& identity);

// Returns the origin of the ledger's checkpoints, which is also the name of its key.
std::string OriginOf(const LedgerIdentity& identity);

std::string SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key);
// The checkpoint in the text of a signed note, whose further lines (other extensions) are passed over.
// kInvalidArgument.
Result<Checkpoint> ParseCheckpointText(std::string_view text);

// Returns what a signed note says as a checkpoint, whoever signed it. kInvalidArgument: it is none.
Result<Checkpoint> ReadUncheckedCheckpoint(std::string_view note);

struct SignedCheckpoint {
  Checkpoint checkpoint;
  size_t signer = 0;  // its key's place in the chain
};

// A signed checkpoint. kInvalidArgument: it is none; kDamaged: it is not signed by the key of the chain that was to
// sign it.
Result<SignedCheckpoint> ReadCheckpoint(std::string_view note, const KeyChain& keys);

}  // namespace duebook
