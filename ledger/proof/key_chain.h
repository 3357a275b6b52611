// The keys by which a ledger signs, one after the other: the first is part of its identity, each other one was put in
// its place by an event SigningKeyChanged.
//
// The signature of a change is Ed25519, by the key before, over these lines, each ended by a line feed:
//
//   duebook key change 1
//   LEDGER_ID
//   OLD                    the key before, NAME+HASH+BASE64 as in signing_key.h
//   NEW
//
// A change without signature says that the key before is lost. Then nobody but the log itself vouches for the new key,
// and every check says so.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/proof/signed_note.h"
#include "ledger/proof/signing_key.h"
#include "ledger/values/date.h"
#include "ledger/values/result.h"

namespace duebook {

// Returns what the key before signs when another takes its place.
std::string KeyChangeText(std::string_view ledger_id, const PublicKey& before, const PublicKey& after);

// A key, and how it became the ledger's.
struct KeyLink {
  PublicKey key;
  uint64_t since = 0;  // the event that put it in place; 0: the first key
  Date date;           // of that event, and who recorded it why
  std::string actor;
  std::string reason;
  bool is_signed = true;  // by the key before
};

class KeyChain {
 public:
  // A chain that begins with this key.
  KeyChain(std::string ledger_id, PublicKey first)
      : KeyChain(std::move(ledger_id), KeyLink{std::move(first), 0, {}, "", "", true}) {}
  KeyChain(std::string ledger_id, KeyLink first) : ledger_id_(std::move(ledger_id)), links_{std::move(first)} {}

  // Goes on by an event of type SigningKeyChanged. kDamaged, saying why, if the key is none or was the ledger's before,
  // or if the signature is not that of the key before.
  Status Add(EventView change);

  // Never empty; in order of `since`.
  const std::vector<KeyLink>& links() const { return links_; }
  const PublicKey& current() const { return links_.back().key; }
  std::optional<size_t> Find(const PublicKey& key) const;

  // Which key signed a note about the first `size` events. kDamaged: none did, or one that was no longer the ledger's
  // when it had so many. A later key may sign anew what an earlier one could not.
  Result<size_t> SignerOf(const SignedNote& note, uint64_t size) const;
  // Checks whether signatures lead from one key to a later one. kDamaged, naming the change that nobody signed.
  Status Follow(size_t trusted, size_t later) const;

 private:
  std::string ledger_id_;
  std::vector<KeyLink> links_;
};

// Returns the link that the event makes; nothing if its key is none. Requires an event of type SigningKeyChanged.
std::optional<KeyLink> KeyLinkOf(EventView change);
// Says for people which change nobody signed, when, who recorded it and why.
std::string SentenceOnUnsigned(const KeyLink& link);
// Says it of each link that nobody signed.
std::vector<std::string> UnsignedChanges(std::span<const KeyLink> links);

}  // namespace duebook
