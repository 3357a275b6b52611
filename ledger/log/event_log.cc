#include "ledger/log/event_log.h"

#include <fmt/core.h>

#include "ledger/log/derived/damaged.h"
#include "ledger/log/event_index.h"
#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/log/rocksdb/rocks_engine.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

StoreOptions WithEngine(StoreOptions store) {
  if (!store.engine) store.engine = RocksEngine();
  return store;
}

}  // namespace

std::filesystem::path KeyFileOf(const std::filesystem::path& directory, const StoreOptions& store) {
  return WithoutLinks(store.key_file.empty() ? directory / kKeyFile : store.key_file);
}

EventLog::EventLog() : index_(std::make_unique<EventIndex>(*this)) {}

EventLog::~EventLog() = default;

Status EventLog::Create(const std::filesystem::path& directory, const LedgerIdentity& identity,
                        const StoreOptions& store) {
  return FramedEventLog::CreateLog(directory, identity, WithEngine(store));
}

Result<std::unique_ptr<EventLog>> EventLog::Open(const std::filesystem::path& directory, Mode mode,
                                                 const StoreOptions& store) {
  return FramedEventLog::OpenLog(directory, mode, WithEngine(store));
}

Result<std::vector<uint64_t>> EventLog::Find(std::string_view key) const {
  const std::lock_guard lock(index_mutex_);
  return index_->Find(key);
}

Result<std::vector<uint64_t>> EventLog::FindOfType(EventType type) const {
  auto seqs = Find(TypeKey(type));
  RETURN_IF_ERROR(seqs);
  bool of_type = true;
  RETURN_IF_ERROR(GetMany(*seqs, [&](EventView event) { of_type = of_type && event.type() == type; }));
  if (of_type) return seqs;
  return DamagedDerived(
      fmt::format("the index in {} names an event under a type that is not its own", directory().string()));
}

Result<std::optional<uint64_t>> EventLog::FindEventId(std::string_view id) const {
  const std::lock_guard lock(index_mutex_);
  return index_->FindEventId(id);
}

Result<std::optional<uint64_t>> EventLog::FindIntroducing(std::string_view key) const {
  const std::lock_guard lock(index_mutex_);
  return index_->FindIntroducing(key);
}

Result<ClockSpans> EventLog::FindClockSpans() const {
  const std::lock_guard lock(index_mutex_);
  return index_->FindClockSpans();
}

Result<uint64_t> EventLog::IndexReach() const {
  const std::lock_guard lock(index_mutex_);
  return index_->Reach();
}

}  // namespace duebook
