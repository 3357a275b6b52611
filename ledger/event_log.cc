#include "ledger/event_log.h"

#include "ledger/store/rocks_event_log.h"

namespace duebook {

Status EventLog::Create(const std::filesystem::path& directory, const LedgerIdentity& identity,
                        const StoreOptions& store) {
  return RocksEventLog::CreateStore(directory, identity, store);
}

Result<std::unique_ptr<EventLog>> EventLog::Open(const std::filesystem::path& directory, Mode mode,
                                                 const StoreOptions& store) {
  return RocksEventLog::OpenStore(directory, mode, store);
}

}  // namespace duebook
