#include "tools/commands/key_remarks.h"

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/keys_of_log.h"

namespace duebook {

std::string UnsignedChangeRemarks(std::span<const KeyLink> keys) {
  std::string told;
  for (const std::string& change : UnsignedChanges(keys)) told += change + "\n";
  return told;
}

Result<std::string> KeyRemarksOfCopy(const EventLog& copy) {
  const auto keys = KeysOf(copy);
  RETURN_IF_ERROR(keys);
  const auto missing = MissingCheckpoints(copy);
  RETURN_IF_ERROR(missing);
  std::string told = UnsignedChangeRemarks(keys->links());
  if (!missing->empty()) told += SentenceOnMissing(*missing) + "\n";
  return told;
}

}  // namespace duebook
