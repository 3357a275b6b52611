#include "ledger/log/keys_of_log.h"

#include <utility>

namespace duebook {

Result<KeyChain> KeysOf(const EventLog& log) {
  const auto changes = log.FindOfType(EventType::SigningKeyChanged);
  RETURN_IF_ERROR(changes);
  return KeysOf(log, *changes);
}

Result<KeyChain> KeysOf(const EventLog& log, const std::vector<uint64_t>& changes) {
  auto first = PublicKey::Parse(log.identity().public_key);
  if (!first.has_value()) return Error{ErrorCode::kDamaged, "the ledger's public key cannot be read", ""};
  KeyChain chain(log.identity().ledger_id, *std::move(first));
  Status added;
  RETURN_IF_ERROR(log.GetMany(changes, [&](EventView event) {
    if (added.ok()) added = chain.Add(event);
  }));
  RETURN_IF_ERROR(added);
  return chain;
}

}  // namespace duebook
