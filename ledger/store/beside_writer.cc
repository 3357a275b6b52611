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
#include <unistd.h>

#include <algorithm>

#include "ledger/store/layout.h"
#include "ledger/store/rocks_event_log.h"

namespace duebook {

namespace {

// A writer replaces files every few milliseconds at the most, and seldom twice in a row.
constexpr int kAttempts = 50;

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

Status RocksEventLog::OpenBesideWriter(Mode mode) {
  for (int attempt = 0; attempt < kAttempts; attempt++) {
    manifest_ = ManifestNow();
    const std::vector<std::string> logs = WriteAheadLogs();
    Status opened = OpenDatabase(mode);
    if (opened.ok()) opened = ReadMeta();
    Status counted = opened.ok() ? CheckFrameCount() : Status();
    const std::vector<std::string> logs_now = WriteAheadLogs();
    const bool logs_remained = std::all_of(logs.begin(), logs.end(), [&logs_now](const std::string& log) {
      return std::find(logs_now.begin(), logs_now.end(), log) != logs_now.end();
    });
    const bool whole = opened.ok() && counted.ok() && logs_remained;
    if (whole || ManifestNow() == manifest_) return !opened.ok() || mode == Mode::kVerify ? opened : counted;
    CloseDatabase();
  }
  return Error{ErrorCode::kUnavailable,
               fmt::format("the ledger in {} was changed too fast to be read", directory_.string()), "try again"};
}

// By RocksDB's own lock, which is looked at and not taken.
bool RocksEventLog::IsBeingWritten() const {
  if (Writes(mode_)) return true;
  const int file = ::open((directory_ / kStoreFolder / "LOCK").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool asked = ::fcntl(file, F_GETLK, &lock) == 0;
  ::close(file);
  return asked && lock.l_type != F_UNLCK;
}

}  // namespace duebook
