// Before RocksDB recovers: what it would pass over in silence.

#include <rocksdb/env.h>

#include "ledger/log/rocksdb/record_file.h"
#include "ledger/log/rocksdb/rocks_rows.h"

namespace duebook {

namespace {

// What RocksDB writes into a new log when it has recovered others: one record (7 bytes before its data) with a batch of
// nothing (12 bytes). If that opening failed later, the log that it had read from is still there and still counts.
constexpr size_t kLogWithoutCommits = 7 + 12;

}  // namespace

// Every commit is synced before the next is written. So only the newest record can be one that was not written as a
// whole; it was not acknowledged, and is left out. Of a record that was, nobody may be told that it is not there.
Result<rocksdb::WALRecoveryMode> RocksRows::CheckBeforeRecovery() const {
  std::string bytes;
  const std::string folder = folder_.string() + "/";
  std::string manifest;
  rocksdb::Status status = rocksdb::ReadFileToString(Env(), folder + "CURRENT", &manifest);
  if (status.ok()) {
    if (manifest.ends_with('\n')) manifest.pop_back();
    status = rocksdb::ReadFileToString(Env(), folder + manifest, &bytes);
    if (status.ok() && CheckRecordFile(bytes) == RecordFileState::kDamaged) {
      return Damaged(folder + manifest + " holds a record that is not what it was");
    }
  }
  // Damage in an older log shows in the number of frames, if newer commits are read. Behind a torn one none may be
  // left.
  auto mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  for (const std::string& log : WriteAheadLogs()) {
    bytes.clear();
    status = rocksdb::ReadFileToString(Env(), log, &bytes);
    if (status.IsIOError() && !status.IsPathNotFound()) return ErrorOf(status, "open");
    if (bytes.size() <= kLogWithoutCommits) continue;
    const RecordFileState state = CheckRecordFile(bytes);
    if (state == RecordFileState::kDamaged) return Damaged(log + " holds a record that is not what it was");
    if (state == RecordFileState::kTorn) mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    if (mode == rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords) break;
  }
  return mode;
}

}  // namespace duebook
