// A RocksDB FileSystem on which faults can be had at a chosen operation: the real one, with a Disk beside it that knows
// what would be left after a power loss.

#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/faults/disk.h"

namespace duebook::faults {

enum class FaultKind {
  kNone,
  kPowerLoss,           // what was not synced is gone
  kPowerLossTorn,       // of what was not synced, what came first is there
  kPowerLossReordered,  // of what was not synced, any part is there
  kReadError,
  kWriteError,
  kSyncError,
  kFullDisk,
};
const char* NameOf(FaultKind kind);
inline bool IsPowerLoss(FaultKind kind) {
  return kind == FaultKind::kPowerLoss || kind == FaultKind::kPowerLossTorn || kind == FaultKind::kPowerLossReordered;
}

struct Fault {
  FaultKind kind = FaultKind::kNone;
  uint64_t after = 0;            // so many operations that it could hit pass before
  bool only_background = false;  // hits only what RocksDB does beside the writing of commits: tables, merges
  bool lasting = false;          // of read, write and sync errors: not one, but all from then on
};

class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem(const std::filesystem::path& attic, uint64_t seed);

  void Arm(const Fault& fault);
  // Whether the fault has come.
  bool struck() const { return struck_; }
  uint64_t operations() const { return operations_; }
  void set_background(bool background) { background_ = background; }

  // From now on nothing is written or read any more: the process is killed, or the power is gone.
  void Stop() { stopped_ = true; }
  // Nothing counts and nothing strikes while the test looks at things itself. Also reads what lies in the cache of a
  // machine that has lost its power.
  void set_quiet(bool quiet) { quiet_ = quiet; }
  // The next process; all files of the last one are closed. After a power loss finds what `survivors` leaves.
  void Restart();
  void ExpectLostFiles() { disk_.ExpectLostFiles(); }
  void RestartAfterPowerLoss(Disk::Survivors survivors);

  const char* Name() const override { return "FaultFileSystem"; }

  using Options = rocksdb::IOOptions;
  using Debug = rocksdb::IODebugContext;
  using IOStatus = rocksdb::IOStatus;

  IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file, Debug* debug) override;
  IOStatus NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file, Debug* debug) override;
  IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) override;
  IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) override;
  IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name, const rocksdb::FileOptions& options,
                             std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) override;
  IOStatus NewDirectory(const std::string& name, const Options& options, std::unique_ptr<rocksdb::FSDirectory>* folder,
                        Debug* debug) override;
  IOStatus DeleteFile(const std::string& name, const Options& options, Debug* debug) override;
  IOStatus RenameFile(const std::string& from, const std::string& to, const Options& options, Debug* debug) override;
  IOStatus Truncate(const std::string& name, size_t size, const Options& options, Debug* debug) override;
  IOStatus LinkFile(const std::string& from, const std::string& to, const Options& options, Debug* debug) override;
  IOStatus GetFreeSpace(const std::string& path, const Options& options, uint64_t* free, Debug* debug) override;

 private:
  friend class FaultySequentialFile;
  friend class FaultyRandomAccessFile;
  friend class FaultyWritableFile;
  friend class FaultyFolder;

  enum class Operation { kRead, kWrite, kSync, kCreate, kName };
  enum class Effect { kNone, kError, kNoSpace, kStopBefore, kStopAfter, kStopped };

  // Counts an operation, and says what is to become of it.
  Effect Next(Operation operation);
  bool CanHit(Operation operation) const;
  // Does an operation that is done wholly or not at all.
  template <class Act>
  IOStatus Do(Operation operation, const Act& act);
  IOStatus Append(Disk::File& file, const rocksdb::Slice& data,
                  const std::function<IOStatus(const rocksdb::Slice&)>& append);
  IOStatus Sync(Disk::File& file, const std::function<IOStatus()>& sync);
  static IOStatus ErrorOf(Effect effect);

  Disk disk_;
  Random random_;
  Fault fault_;
  uint64_t operations_ = 0;
  bool struck_ = false;
  bool stopped_ = false;
  bool background_ = false;
  bool quiet_ = false;
};

}  // namespace duebook::faults
