#include "tools/commands/copying.h"

#include <fmt/core.h>

#include "ledger/checkpoint_check.h"
#include "ledger/signing_key.h"

namespace duebook {

std::string CopyKey(const std::filesystem::path& source, const std::filesystem::path& target) {
  std::error_code error;
  const std::filesystem::path file = KeyFileOf(target, {});
  if (std::filesystem::exists(file, error)) return "";
  const auto key = SigningKey::ReadFile(KeyFileOf(source, {}));
  if (!key.ok()) return "the private key is not in it: " + key.error().sentence;
  const Status written = key->WriteNewFile(file);
  return written.ok() ? "" : "the private key is not in it: " + written.error().sentence;
}

Status MakeCopy(const EventLog& source, const std::filesystem::path& target) {
  LedgerIdentity identity = source.identity();
  identity.is_copy = true;
  return EventLog::Create(target, identity);
}

Result<std::optional<EventLog::Fault>> CompareRoots(const EventLog& source, const EventLog& copy) {
  const LogState state = copy.state();
  const auto checkpoint = CheckpointAt(source, state.last_seq);
  RETURN_IF_ERROR(checkpoint);
  if (checkpoint->root == state.tree.Root()) return std::optional<EventLog::Fault>();
  return std::optional(
      EventLog::Fault{1, "",
                      fmt::format("events 1 to {}: those in {} are not those in {}; one of the two was changed",
                                  state.last_seq, copy.directory().string(), source.directory().string())});
}

}  // namespace duebook
