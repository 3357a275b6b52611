#include "tests/faults/fault_file_system.h"

#include <functional>

#include "ledger/values/check.h"

namespace duebook::faults {

using rocksdb::IOStatus;
using rocksdb::Slice;

const char* NameOf(FaultKind kind) {
  switch (kind) {
    case FaultKind::kNone:
      return "none";
    case FaultKind::kPowerLoss:
      return "power loss";
    case FaultKind::kPowerLossTorn:
      return "power loss, last write torn";
    case FaultKind::kPowerLossReordered:
      return "power loss, writes reordered";
    case FaultKind::kReadError:
      return "read error";
    case FaultKind::kWriteError:
      return "write error";
    case FaultKind::kSyncError:
      return "sync error";
    case FaultKind::kFullDisk:
      return "full disk";
  }
  return "?";
}

FaultFileSystem::FaultFileSystem(const std::filesystem::path& attic, uint64_t seed)
    : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(attic), random_(seed) {}

void FaultFileSystem::Arm(const Fault& fault) {
  fault_ = fault;
  struck_ = false;
}

void FaultFileSystem::Restart() {
  Arm({});
  stopped_ = false;
}

void FaultFileSystem::RestartAfterPowerLoss(Disk::Survivors survivors) {
  disk_.Loss(survivors, random_);
  Restart();
}

// --- what becomes of an operation ---

bool FaultFileSystem::CanHit(Operation operation) const {
  if (fault_.only_background && !background_) return false;
  switch (fault_.kind) {
    case FaultKind::kNone:
      return false;
    case FaultKind::kReadError:
      return operation == Operation::kRead;
    case FaultKind::kSyncError:
      return operation == Operation::kSync;
    case FaultKind::kFullDisk:
      return operation == Operation::kWrite || operation == Operation::kCreate;
    case FaultKind::kWriteError:
      return operation != Operation::kRead && operation != Operation::kSync;
    default:
      return operation != Operation::kRead;
  }
}

FaultFileSystem::Effect FaultFileSystem::Next(Operation operation) {
  if (quiet_) return Effect::kNone;
  if (stopped_) return Effect::kStopped;
  operations_++;
  if (!CanHit(operation)) return Effect::kNone;
  if (fault_.after > 0) {
    fault_.after--;
    return Effect::kNone;
  }
  if (struck_ && !fault_.lasting && fault_.kind != FaultKind::kFullDisk) return Effect::kNone;
  struck_ = true;
  if (IsPowerLoss(fault_.kind)) {
    stopped_ = true;
    return Chance(random_, 50) ? Effect::kStopBefore : Effect::kStopAfter;
  }
  return fault_.kind == FaultKind::kFullDisk ? Effect::kNoSpace : Effect::kError;
}

IOStatus FaultFileSystem::ErrorOf(Effect effect) {
  switch (effect) {
    case Effect::kNone:
      return IOStatus::OK();
    case Effect::kError:
      return IOStatus::IOError("fault", "input/output error");
    case Effect::kNoSpace:
      return IOStatus::NoSpace("fault", "no space left on device");
    default:
      return IOStatus::IOError("fault", "the machine has stopped");
  }
}

template <class Act>
IOStatus FaultFileSystem::Do(Operation operation, const Act& act) {
  const Effect effect = Next(operation);
  if (effect == Effect::kNone) return act();
  if (effect == Effect::kStopAfter) static_cast<void>(act());
  return ErrorOf(effect);
}

// A write that fails may have been done in part.
IOStatus FaultFileSystem::Append(Disk::File& file, const Slice& data,
                                 const std::function<IOStatus(const Slice&)>& append) {
  const Effect effect = Next(Operation::kWrite);
  size_t size = data.size();
  if (effect == Effect::kStopBefore || effect == Effect::kStopped) size = 0;
  if (effect == Effect::kError || effect == Effect::kNoSpace) size = Chance(random_, 50) ? 0 : Below(random_, size + 1);
  const IOStatus status = size == 0 ? IOStatus::OK() : append(Slice(data.data(), size));
  if (!status.ok()) return status;
  disk_.Append(file, size);
  return ErrorOf(effect);
}

IOStatus FaultFileSystem::Sync(Disk::File& file, const std::function<IOStatus()>& sync) {
  const Effect effect = Next(Operation::kSync);
  if (effect == Effect::kNone || effect == Effect::kStopAfter) {
    const IOStatus status = sync();
    if (!status.ok()) return status;
    disk_.Sync(file);
  }
  if (effect == Effect::kError) disk_.FailSync(file, random_);
  return ErrorOf(effect);
}

// --- files ---

class FaultySequentialFile : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  FaultySequentialFile(std::unique_ptr<rocksdb::FSSequentialFile> file, FaultFileSystem* system)
      : FSSequentialFileOwnerWrapper(std::move(file)), system_(system) {}

  IOStatus Read(size_t size, const rocksdb::IOOptions& options, Slice* result, char* scratch,
                rocksdb::IODebugContext* debug) override {
    return system_->Do(FaultFileSystem::Operation::kRead,
                       [&] { return target()->Read(size, options, result, scratch, debug); });
  }

 private:
  FaultFileSystem* const system_;
};

class FaultyRandomAccessFile : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  FaultyRandomAccessFile(std::unique_ptr<rocksdb::FSRandomAccessFile> file, FaultFileSystem* system)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), system_(system) {}

  IOStatus Read(uint64_t offset, size_t size, const rocksdb::IOOptions& options, Slice* result, char* scratch,
                rocksdb::IODebugContext* debug) const override {
    return system_->Do(FaultFileSystem::Operation::kRead,
                       [&] { return target()->Read(offset, size, options, result, scratch, debug); });
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, size_t count, const rocksdb::IOOptions& options,
                     rocksdb::IODebugContext* debug) override {
    return system_->Do(FaultFileSystem::Operation::kRead,
                       [&] { return target()->MultiRead(requests, count, options, debug); });
  }

 private:
  FaultFileSystem* const system_;
};

class FaultyWritableFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyWritableFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::shared_ptr<Disk::File> on_disk,
                     FaultFileSystem* system)
      : FSWritableFileOwnerWrapper(std::move(file)), on_disk_(std::move(on_disk)), system_(system) {}

  IOStatus Append(const Slice& data, const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    return system_->Append(*on_disk_, data, [&](const Slice& part) { return target()->Append(part, options, debug); });
  }
  IOStatus Append(const Slice& data, const rocksdb::IOOptions& options, const rocksdb::DataVerificationInfo&,
                  rocksdb::IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus PositionedAppend(const Slice&, uint64_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return IOStatus::NotSupported("files are written from the start to the end");
  }
  IOStatus PositionedAppend(const Slice&, uint64_t, const rocksdb::IOOptions&, const rocksdb::DataVerificationInfo&,
                            rocksdb::IODebugContext*) override {
    return IOStatus::NotSupported("files are written from the start to the end");
  }
  // Cuts off what was reserved and not used.
  IOStatus Truncate(uint64_t size, const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    return system_->Do(FaultFileSystem::Operation::kWrite, [&] {
      system_->disk_.Truncate(*on_disk_, size);
      return target()->Truncate(size, options, debug);
    });
  }
  IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    return system_->Sync(*on_disk_, [&] { return target()->Sync(options, debug); });
  }
  IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    return system_->Sync(*on_disk_, [&] { return target()->Fsync(options, debug); });
  }
  // Room is not reserved ahead: that costs time, and what is reserved can be seen by nobody.
  void PrepareWrite(size_t, size_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {}
  IOStatus Allocate(uint64_t, uint64_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return IOStatus::OK();
  }
  // A hint to begin writing, which promises nothing.
  IOStatus RangeSync(uint64_t, uint64_t, const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  const std::shared_ptr<Disk::File> on_disk_;
  FaultFileSystem* const system_;
};

class FaultyFolder : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyFolder(std::unique_ptr<rocksdb::FSDirectory> folder, std::filesystem::path path, FaultFileSystem* system)
      : FSDirectoryWrapper(std::move(folder)), path_(std::move(path)), system_(system) {}

  IOStatus Fsync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return system_->Do(FaultFileSystem::Operation::kSync, [&] {
      system_->disk_.SyncFolder(path_);
      return IOStatus::OK();
    });
  }
  IOStatus FsyncWithDirOptions(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  const std::filesystem::path path_;
  FaultFileSystem* const system_;
};

// --- names ---

namespace {

// "folder/" and "folder" are one.
std::filesystem::path Normal(const std::string& name) {
  std::filesystem::path path = std::filesystem::path(name).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

IOStatus FaultFileSystem::NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                            std::unique_ptr<rocksdb::FSSequentialFile>* file, Debug* debug) {
  return Do(Operation::kRead, [&] {
    const IOStatus status = target()->NewSequentialFile(name, options, file, debug);
    if (status.ok()) *file = std::make_unique<FaultySequentialFile>(std::move(*file), this);
    return status;
  });
}

IOStatus FaultFileSystem::NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                                              std::unique_ptr<rocksdb::FSRandomAccessFile>* file, Debug* debug) {
  return Do(Operation::kRead, [&] {
    const IOStatus status = target()->NewRandomAccessFile(name, options, file, debug);
    if (status.ok()) *file = std::make_unique<FaultyRandomAccessFile>(std::move(*file), this);
    return status;
  });
}

IOStatus FaultFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                          std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) {
  return Do(Operation::kCreate, [&] {
    auto on_disk = disk_.Create(Normal(name));
    const IOStatus status = target()->NewWritableFile(name, options, file, debug);
    if (status.ok()) *file = std::make_unique<FaultyWritableFile>(std::move(*file), std::move(on_disk), this);
    return status;
  });
}

IOStatus FaultFileSystem::ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                             std::unique_ptr<rocksdb::FSWritableFile>* file, Debug* debug) {
  return Do(Operation::kName, [&] {
    auto on_disk = disk_.Find(Normal(name));
    if (on_disk == nullptr) on_disk = disk_.Create(Normal(name));
    const IOStatus status = target()->ReopenWritableFile(name, options, file, debug);
    if (status.ok()) *file = std::make_unique<FaultyWritableFile>(std::move(*file), std::move(on_disk), this);
    return status;
  });
}

IOStatus FaultFileSystem::ReuseWritableFile(const std::string&, const std::string&, const rocksdb::FileOptions&,
                                            std::unique_ptr<rocksdb::FSWritableFile>*, Debug*) {
  return IOStatus::NotSupported("write-ahead logs are not written over");
}

IOStatus FaultFileSystem::NewDirectory(const std::string& name, const Options& options,
                                       std::unique_ptr<rocksdb::FSDirectory>* folder, Debug* debug) {
  return Do(Operation::kRead, [&] {
    const IOStatus status = target()->NewDirectory(name, options, folder, debug);
    if (status.ok()) *folder = std::make_unique<FaultyFolder>(std::move(*folder), Normal(name), this);
    return status;
  });
}

IOStatus FaultFileSystem::DeleteFile(const std::string& name, const Options&, Debug*) {
  return Do(Operation::kName,
            [&] { return disk_.Delete(Normal(name)) ? IOStatus::OK() : IOStatus::PathNotFound(name, "no such file"); });
}

IOStatus FaultFileSystem::RenameFile(const std::string& from, const std::string& to, const Options&, Debug*) {
  return Do(Operation::kName, [&] {
    return disk_.Rename(Normal(from), Normal(to)) ? IOStatus::OK() : IOStatus::PathNotFound(from, "no such file");
  });
}

IOStatus FaultFileSystem::Truncate(const std::string& name, size_t size, const Options& options, Debug* debug) {
  return Do(Operation::kWrite, [&] {
    if (const auto on_disk = disk_.Find(Normal(name)); on_disk != nullptr) disk_.Truncate(*on_disk, size);
    return target()->Truncate(name, size, options, debug);
  });
}

IOStatus FaultFileSystem::LinkFile(const std::string&, const std::string&, const Options&, Debug*) {
  return IOStatus::NotSupported("links");
}

// Without an answer RocksDB's own attempts to go on after a full disk, in a thread of its own, come to nothing: when
// they came would differ from run to run.
IOStatus FaultFileSystem::GetFreeSpace(const std::string&, const Options&, uint64_t*, Debug*) {
  return IOStatus::NotSupported("free space");
}

}  // namespace duebook::faults
