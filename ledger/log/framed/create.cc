// Making a log. Either it is there, durably, or nothing is.

#include <fmt/core.h>
#include <openssl/rand.h>

#include <algorithm>
#include <system_error>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

std::string RandomLedgerId() {
  Hash random{};
  CHECK(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1);
  return ToHex(random).substr(0, 32);
}

// Makes the folder and those above it that are missing. Those that it made, the outermost first.
Result<std::vector<fs::path>> MakeFolders(const fs::path& directory) {
  std::vector<fs::path> missing;
  std::error_code error;
  for (fs::path path = fs::absolute(directory, error).lexically_normal(); !error; path = path.parent_path()) {
    if (fs::exists(path, error) || path == path.root_path()) break;
    if (path.has_filename()) missing.insert(missing.begin(), path);
  }
  if (!error) fs::create_directories(directory, error);
  if (error) return FileError("make", directory, error);
  return missing;
}

// The ledger in whose folder this one would lie.
std::optional<fs::path> LedgerAround(const fs::path& directory) {
  std::error_code error;
  for (fs::path path = fs::weakly_canonical(fs::absolute(directory, error), error);
       !error && path.has_relative_path();) {
    path = path.parent_path();
    if (fs::exists(path / kFormatFile, error) && fs::is_directory(path / kStoreFolder, error)) return path;
  }
  return std::nullopt;
}

}  // namespace

Status FramedEventLog::CreateLog(const fs::path& directory, const LedgerIdentity& identity, const StoreOptions& store) {
  std::error_code error;
  const bool cut_off = fs::exists(directory / kStoreFolder, error) && !fs::exists(directory / kFormatFile, error);
  const Error taken{
      ErrorCode::kAlreadyExists, fmt::format("{} is not an empty folder", directory.string()),
      cut_off ? "if it is left of an `init` that was cut off, remove it" : "a ledger needs a folder of its own"};
  if (fs::exists(directory, error) && (!fs::is_directory(directory, error) || !fs::is_empty(directory, error))) {
    return taken;
  }
  if (const auto around = LedgerAround(directory)) {
    return Error{ErrorCode::kAlreadyExists,
                 fmt::format("{} lies inside the ledger in {}", directory.string(), around->string()),
                 "name a folder elsewhere: what befalls the one would befall the other"};
  }
  const auto made = MakeFolders(directory);
  RETURN_IF_ERROR(made);
  // Whoever makes this one makes the ledger: another that tries at the same time is refused, and touches nothing.
  if (!fs::create_directory(directory / kStoreFolder, error)) {
    return error ? FileError("make", directory / kStoreFolder, error) : taken;
  }
  Status status = MakeStore(directory, identity, store);
  for (const fs::path& folder : *made) {
    if (status.ok()) status = SyncFolder(folder.parent_path());
  }
  if (status.ok()) status = WriteFormat(directory);
  if (status.ok()) return status;
  // Nothing is left of it, so that it can be tried again.
  for (const char* file : {kStoreFolder, kKeyFile, kEndFile, kFormatFile}) fs::remove_all(directory / file, error);
  std::for_each(made->rbegin(), made->rend(), [&](const fs::path& folder) { fs::remove(folder, error); });
  return status;
}

Status FramedEventLog::WriteFormat(const fs::path& directory) {
  return WriteSmallFile(directory / kFormatFile, fmt::format("{}{}\n", kFormatText, kFormatVersion));
}

Status FramedEventLog::MakeStore(const fs::path& directory, const LedgerIdentity& identity, const StoreOptions& store) {
  FramedEventLog log;
  log.directory_ = directory;
  log.store_ = store;
  log.mode_ = Mode::kWrite;
  auto rows = store.engine(directory);
  RETURN_IF_ERROR(rows);
  log.rows_ = std::move(*rows);
  RETURN_IF_ERROR(log.rows_->Open(RowStore::Access::kCreate));
  LedgerIdentity stored = identity;
  if (stored.ledger_id.empty()) stored.ledger_id = RandomLedgerId();
  if (stored.public_key.empty()) {
    const SigningKey key = SigningKey::Generate(OriginOf(stored));
    RETURN_IF_ERROR(key.WriteNewFile(directory / kKeyFile));
    stored.public_key = key.public_key().ToString();
  }
  RowBatch batch;
  batch.Put(RowTable::kMeta, std::string(kIdentityRow), EncodeIdentity(stored));
  batch.Put(RowTable::kMeta, std::string(kStateRow), EncodeState(LogState()));
  if (stored.is_copy) batch.Put(RowTable::kMeta, std::string(kCopyRow), "");
  log.identity_ = std::move(stored);
  log.session_ = Session::kOpen;
  RETURN_IF_ERROR(log.Write(batch));
  if (!log.identity_.is_copy) return log.EndSession();
  // A copy is finished by the session that brings it its events.
  log.session_ = Session::kNone;
  return Status();
}

}  // namespace duebook
