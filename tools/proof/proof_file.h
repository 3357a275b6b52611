// Proof files: that an event is in a ledger, for somebody who has the ledger's public key and nothing else of it.
//
// One JSON object:
//
//   format      "duebook proof 1"
//   company     the company's name
//   checkpoint  a signed checkpoint (https://c2sp.org/tlog-checkpoint), as text
//   keys        absent if the ledger had one key only: the changes of the key up to the checkpoint, each as in `events`
//   events      a list, by leaf_index:
//     leaf_index  the event's place in the log, counted from 0; its seq is one more
//     event       the event in readable form, as `events --format jsonl` writes it
//     bytes       the event as it is stored (FlatBuffers, schemas/event.fbs), in base64
//     path        hashes of 32 bytes in base64, from the leaf up: the inclusion proof of RFC 9162, section 2.1.3
//
// To check it, in any language:
//
//   1. Split `checkpoint` at its empty line. The text before it, its last newline included, is what is signed. The line
//      below is "— NAME BASE64": 4 bytes of key hash, then 64 bytes of Ed25519 signature.
//   2. The text's lines are the origin, the number of events (size) and the root in base64.
//   3. For each event: hash = SHA-256(0x00 || bytes); then with index = leaf_index and last = size - 1, for every p of
//      `path`: if index is odd or index = last, hash = SHA-256(0x01 || p || hash), and then, while index is even and
//      not 0, halve index and last; otherwise hash = SHA-256(0x01 || hash || p). Halve index and last. In the end last
//      is 0 and hash is the root.
//
//   4. If the checkpoint is signed by another key than yours: what is in `keys` are events SigningKeyChanged, checked
//      as in 3. From the one that names your key as `public_key` on, or else from the first on, each `signature` has
//      to be that of the key before over the text that ledger/proof/key_chain.h tells; the last `public_key` is the one
//      that signed. Without `signature` nobody vouches for the new key.
//
// That the readable form says what the bytes say needs this program, or the schemas and flatc.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/proof/checkpoint.h"

namespace duebook {

// Proves these events of the log (ascending) with a checkpoint of its present state, signed with `key`.
Result<std::string> MakeProofFile(const EventLog& log, const std::vector<uint64_t>& seqs, const SigningKey& key);

struct CheckedProof {
  std::string company;
  Checkpoint checkpoint;
  PublicKey signer;
  std::vector<std::string> unsigned_changes;  // of the key, as UnsignedChanges tells
  std::vector<StoredEvent> events;
};

// Longest proof file that is read, in bytes.
inline constexpr size_t kMaxProofBytes = size_t{1} << 30;

// kInvalidArgument: it is no proof file, saying what is wrong where; kDamaged: it is one, and what it says is not
// proved, saying why. Bytes that are not an event, a readable form that is not that of its bytes, members that are not
// known, and a checkpoint of another company's ledger are refused; and one of a key that does not follow from `key` by
// signatures.
Result<CheckedProof> CheckProofFile(std::string_view text, const PublicKey& key);

}  // namespace duebook
