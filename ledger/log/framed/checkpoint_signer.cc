#include "ledger/log/framed/checkpoint_signer.h"

#include <spdlog/spdlog.h>

#include "ledger/log/key_file.h"
#include "ledger/proof/checkpoint.h"

namespace duebook {

// Without the key events are recorded all the same; a checkpoint that could not be signed is missed by verification.
Status CheckpointSigner::LoadKey(const KeyChain& keys) {
  keys_ = keys;
  const std::filesystem::path file = KeyFileOf(log_.directory(), store_);
  auto key = ReadLedgerKey(keys, file);
  if (!key.ok()) {
    if (key.error().code == ErrorCode::kDamaged) return key.error();
    spdlog::info("the ledger's key is not at hand: {}", key.error().sentence);
    return Status();
  }
  key_ = *std::move(key);
  const Status finished = FinishKeyChange(keys, file);
  if (!finished.ok())
    spdlog::warn("the new key stays in {}: {}", NextKeyFileOf(file).string(), finished.error().sentence);
  return Status();
}

// The new key signs the change too, if it is at hand: whoever trusts it alone can trust the keys before it then.
std::optional<std::string> CheckpointSigner::FollowKeyChange(EventView change, const MerkleFrontier& tree) {
  if (!keys_.has_value()) return std::nullopt;
  CHECK(keys_->Add(change).ok());
  key_.reset();
  auto key = ReadLedgerKey(*keys_, KeyFileOf(log_.directory(), store_));
  if (!key.ok()) return std::nullopt;
  key_ = *std::move(key);
  return Sign(tree);
}

std::optional<std::string> CheckpointSigner::Sign(const MerkleFrontier& tree) const {
  const LedgerIdentity& identity = log_.identity();
  if (identity.is_copy) return std::nullopt;  // it gets those of its source
  if (!key_.has_value()) {
    spdlog::warn("no checkpoint of the first {} events is kept: the ledger's key is not at hand", tree.size());
    return std::nullopt;
  }
  return SignCheckpoint({OriginOf(identity), tree.size(), tree.Root(), IdentityHash(identity)}, *key_);
}

}  // namespace duebook
