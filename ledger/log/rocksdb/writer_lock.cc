// Who writes: the lock that RocksDB takes when it is opened for writing.

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "ledger/log/rocksdb/rocks_rows.h"
#include "ledger/values/open_file.h"

namespace duebook {

namespace {

constexpr const char* kLockFile = "LOCK";

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

Status RocksRows::OpenAsWriter(Access access) {
  const std::lock_guard lock(own_locks_mutex);
  RETURN_IF_ERROR(access == Access::kCreate ? MakeDatabase() : OpenDatabase(access));
  if (const auto id = IdOf(folder_ / kLockFile)) own_locks.insert(*id);
  return Status();
}

void RocksRows::CloseAsWriter() {
  if (database_ == nullptr) return;  // opening was refused: the lock may be that of another writer in this process
  const std::lock_guard lock(own_locks_mutex);
  if (const auto id = IdOf(folder_ / kLockFile)) own_locks.erase(*id);
  CloseDatabase();
}

// By RocksDB's own lock, which is looked at and not taken.
bool RocksRows::IsBeingWritten() const {
  if (writes_ && database_ != nullptr) return true;
  const std::filesystem::path path = folder_ / kLockFile;
  const std::lock_guard own_locks_lock(own_locks_mutex);
  const auto id = IdOf(path);
  if (id.has_value() && own_locks.contains(*id)) return true;
  const OpenFile file(path, O_RDONLY | O_NONBLOCK);
  if (!file.is_open()) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return ::fcntl(file.descriptor(), F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

}  // namespace duebook
