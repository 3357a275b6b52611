#include "tools/commands/key_remarks.h"

#include "ledger/checkpoint_check.h"
#include "ledger/key_chain.h"

namespace duebook {

Result<std::string> UnsignedChangeRemarks(const EventLog& log) {
  const auto keys = KeyChain::Of(log);
  RETURN_IF_ERROR(keys);
  std::string told;
  for (const std::string& change : UnsignedChanges(keys->links())) told += change + "\n";
  return told;
}

Result<std::string> KeyRemarksOfCopy(const EventLog& copy) {
  auto told = UnsignedChangeRemarks(copy);
  RETURN_IF_ERROR(told);
  const auto missing = MissingCheckpoints(copy);
  RETURN_IF_ERROR(missing);
  if (!missing->empty()) *told += SentenceOnMissing(*missing) + "\n";
  return told;
}

}  // namespace duebook
