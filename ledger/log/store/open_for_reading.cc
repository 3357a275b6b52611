// Opening for reading while another process writes.
//
// RocksDB reads the MANIFEST, which names the files, and then the files. A writer that moves events from its
// write-ahead log to a table, as it does on opening and when much has come in, notes that in the MANIFEST and removes
// the log. A reader in between finds neither, and no error: it would show the ledger as it was before, or with a hole.
//
// So what was opened counts only if it was whole all the time:
//   - the MANIFEST is the same as before: no file that it names was removed, and what was found, or found to be
//     damaged, is what is there; or
//   - all write-ahead logs of before are still there: whatever the writer has removed was in tables before.
// Otherwise it is opened again.

#include <fcntl.h>
#include <fmt/core.h>
#include <rocksdb/env.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "ledger/log/store/layout.h"
#include "ledger/log/store/rocks_event_log.h"
#include "ledger/values/base64.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

// A writer replaces files every few milliseconds at the most, and seldom twice in a row.
constexpr int kAttempts = 50;

// RocksDB's.
constexpr const char* kLockFile = "LOCK";

}  // namespace

// Which it is, and how long: it only grows.
std::string RocksEventLog::ManifestNow() const {
  const std::string folder = (directory_ / kStoreFolder).string() + "/";
  std::string name;
  uint64_t size = 0;
  if (!rocksdb::ReadFileToString(Env(), folder + "CURRENT", &name).ok()) return {};
  if (name.ends_with('\n')) name.pop_back();
  if (!Env()->GetFileSize(folder + name, &size).ok()) return {};
  return name + " " + std::to_string(size);
}

// Its name, bytes and SHA-256; "" if it cannot be read.
std::string RocksEventLog::ManifestSum() const {
  const std::string now = ManifestNow();
  std::string bytes;
  const std::string file = (directory_ / kStoreFolder).string() + "/" + now.substr(0, now.find(' '));
  if (now.empty() || !rocksdb::ReadFileToString(Env(), file, &bytes).ok()) return {};
  return now + " " + ToBase64(Sha256(bytes));
}

std::string RocksEventLog::EndBytesNow() const {
  const auto bytes = ReadSmallFile(directory_ / kEndFile, kMostEndBytes);
  return bytes.ok() ? *bytes : std::string();
}

Status RocksEventLog::OpenBesideWriter(Mode mode) {
  for (int attempt = 0; attempt < kAttempts; attempt++) {
    const auto witnesses = FindWitnesses(directory_);
    RETURN_IF_ERROR(witnesses);
    manifest_ = ManifestNow();
    const std::vector<std::string> logs = WriteAheadLogs();
    Status opened = OpenDatabase(mode);
    if (opened.ok()) opened = ReadMeta();
    Status counted = opened.ok() ? CheckFrameCount() : Status();
    const Status judged = opened.ok() && counted.ok() ? JudgeEnd(*witnesses) : Status();
    const std::vector<std::string> logs_now = WriteAheadLogs();
    const bool logs_remained = std::all_of(logs.begin(), logs.end(), [&logs_now](const std::string& log) {
      return std::find(logs_now.begin(), logs_now.end(), log) != logs_now.end();
    });
    const bool whole = opened.ok() && counted.ok() && logs_remained;
    if (whole || ManifestNow() == manifest_) {
      if (!opened.ok()) return opened;
      if (!counted.ok()) return mode == Mode::kVerify ? Status() : counted;
      if (judged.ok() && !ended_in_order_) ended_in_order_ = IsBeingWritten();
      // Else a session may have begun or ended meanwhile.
      const bool same = EndBytesNow() == end_bytes_ && (judged.ok() || ManifestNow() == manifest_);
      if (same || (judged.ok() && ended_in_order_)) return judged;
    }
    CloseDatabase();
  }
  return Error{ErrorCode::kUnavailable,
               fmt::format("the ledger in {} was changed too fast to be read", directory_.string()), "try again"};
}

// --- who writes ---

namespace {

// The locks that this process holds, as device and inode: the system does not show them to itself, and closing a file
// that was opened to look would give them up. So nobody looks while one is taken or given up.
std::mutex own_locks_mutex;
std::set<std::pair<dev_t, ino_t>> own_locks;

std::optional<std::pair<dev_t, ino_t>> IdOf(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return std::pair(status.st_dev, status.st_ino);
}

}  // namespace

Status RocksEventLog::OpenAsWriter() {
  const std::lock_guard lock(own_locks_mutex);
  RETURN_IF_ERROR(OpenDatabase(Mode::kWrite));
  if (const auto id = IdOf(directory_ / kStoreFolder / kLockFile)) own_locks.insert(*id);
  return Status();
}

void RocksEventLog::CloseAsWriter() {
  if (database_ == nullptr) return;  // opening was refused: the lock may be that of another writer in this process
  const std::lock_guard lock(own_locks_mutex);
  if (const auto id = IdOf(directory_ / kStoreFolder / kLockFile)) own_locks.erase(*id);
  CloseDatabase();
}

// By RocksDB's own lock, which is looked at and not taken.
bool RocksEventLog::IsBeingWritten() const {
  if (Writes(mode_)) return true;
  const std::filesystem::path path = directory_ / kStoreFolder / kLockFile;
  const std::lock_guard own_locks_lock(own_locks_mutex);
  const auto id = IdOf(path);
  if (id.has_value() && own_locks.contains(*id)) return true;
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool asked = ::fcntl(file, F_GETLK, &lock) == 0;
  ::close(file);
  return asked && lock.l_type != F_UNLCK;
}

}  // namespace duebook
