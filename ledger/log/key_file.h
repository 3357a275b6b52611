// The file of a ledger's private key, and how another takes its place.
//
// A new key is written beside the present one, as FILE.new, before the event that puts it in place is recorded; once
// the event is durable, the file is renamed to FILE. Whoever is killed in between leaves a key that is not the ledger's
// yet, and is written over the next time, or one that is: it is read from where it lies, and the next writer renames
// it. The private key that was before is not kept: what it signed is checked by its public half, which stays in the
// log, and nothing but another past could be signed with it.

#pragma once

#include <filesystem>

#include "ledger/proof/key_chain.h"
#include "ledger/proof/signing_key.h"

namespace duebook {

std::filesystem::path NextKeyFileOf(const std::filesystem::path& file);

// The private half of the chain's present key, from its file or from the one beside it. As SigningKey::ReadFile;
// kNotFound also where the file holds an earlier key of the chain; kDamaged: it holds no private key, or another
// ledger's.
Result<SigningKey> ReadLedgerKey(const KeyChain& keys, const std::filesystem::path& file);

// Writes the key to where the next one lies, in place of one that never came into force. As SigningKey::WriteNewFile.
Status StageNextKey(const SigningKey& key, const std::filesystem::path& file);
// Renames the file of the next key to that of the present one. kUnavailable.
Status PutNextKeyInPlace(const std::filesystem::path& file);
// The same if that is the one of which the private half is the chain's present key; else does nothing.
Status FinishKeyChange(const KeyChain& keys, const std::filesystem::path& file);

}  // namespace duebook
