// The failing disk itself: what it keeps and what it loses. The simulator is worth what this is worth.

#include "tests/faults/fault_file_system.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/temporary_folder.h"

namespace duebook::faults {
namespace {

class FailingDisk : public testing::Test {
 protected:
  FailingDisk() : system_(folder_ / "attic", 1) { std::filesystem::create_directory(folder_ / "store"); }

  std::string Path(const std::string& name) const { return (folder_ / "store" / name).string(); }
  std::unique_ptr<rocksdb::FSWritableFile> Create(const std::string& name) {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    EXPECT_TRUE(system_.NewWritableFile(Path(name), {}, &file, nullptr).ok());
    return file;
  }
  rocksdb::IOStatus SyncFolder() {
    std::unique_ptr<rocksdb::FSDirectory> folder;
    EXPECT_TRUE(system_.NewDirectory(Path(""), {}, &folder, nullptr).ok());
    return folder->Fsync({}, nullptr);
  }
  // What is in a file after the power has gone; "-": there is none.
  std::string After(Disk::Survivors survivors, const std::string& name) {
    system_.RestartAfterPowerLoss(survivors);
    return std::filesystem::exists(Path(name)) ? ReadWholeFile(Path(name)) : "-";
  }

  TemporaryFolder folder_;
  FaultFileSystem system_;
};

TEST_F(FailingDisk, KeepsWhatWasSyncedInAFolderThatWas) {
  const auto file = Create("a");
  EXPECT_TRUE(file->Append("safe", {}, nullptr).ok());
  EXPECT_TRUE(file->Sync({}, nullptr).ok());
  EXPECT_TRUE(SyncFolder().ok());
  EXPECT_TRUE(file->Append("lost", {}, nullptr).ok());
  EXPECT_EQ(ReadWholeFile(Path("a")), "safelost");
  EXPECT_EQ(After(Disk::Survivors::kNothing, "a"), "safe");
}

TEST_F(FailingDisk, LosesAFileWhoseFolderWasNotSynced) {
  const auto file = Create("a");
  EXPECT_TRUE(file->Append("safe", {}, nullptr).ok());
  EXPECT_TRUE(file->Sync({}, nullptr).ok());
  EXPECT_EQ(After(Disk::Survivors::kNothing, "a"), "-");
}

TEST_F(FailingDisk, BringsBackWhatWasDeletedOrReplaced) {
  for (const char* name : {"a", "b", "c"}) {
    const auto file = Create(name);
    EXPECT_TRUE(file->Append(name, {}, nullptr).ok() && file->Sync({}, nullptr).ok());
  }
  EXPECT_TRUE(SyncFolder().ok());
  EXPECT_TRUE(system_.DeleteFile(Path("a"), {}, nullptr).ok());
  EXPECT_TRUE(system_.RenameFile(Path("b"), Path("c"), {}, nullptr).ok());
  EXPECT_EQ(ReadWholeFile(Path("c")), "b");
  EXPECT_EQ(After(Disk::Survivors::kNothing, "a"), "a");
  EXPECT_EQ(ReadWholeFile(Path("b")), "b");
  EXPECT_EQ(ReadWholeFile(Path("c")), "c");
}

TEST_F(FailingDisk, TearsTheLastWriteAndWritesPagesInAnyOrder) {
  std::set<std::string> torn, reordered;
  for (int round = 0; round < 40; round++) {
    for (const auto survivors : {Disk::Survivors::kPrefixes, Disk::Survivors::kAnySubset}) {
      const auto file = Create("a");
      EXPECT_TRUE(SyncFolder().ok());
      EXPECT_TRUE(file->Append(std::string(4096, 'a') + std::string(4096, 'b'), {}, nullptr).ok());
      (survivors == Disk::Survivors::kPrefixes ? torn : reordered).insert(After(survivors, "a"));
    }
  }
  EXPECT_GT(torn.size(), 20U);
  for (const std::string& bytes : torn) EXPECT_EQ(bytes.find('\0'), std::string::npos);
  EXPECT_TRUE(reordered.contains(std::string(4096, '\0') + std::string(4096, 'b')));
}

// The pages of a failed sync count as written: a later sync, which succeeds, does not write them.
TEST_F(FailingDisk, ForgetsWhatItFailedToSync) {
  const auto file = Create("a");
  EXPECT_TRUE(SyncFolder().ok());
  EXPECT_TRUE(file->Append(std::string(8192, 'a'), {}, nullptr).ok());
  system_.Arm({FaultKind::kSyncError, 0, false, false});
  EXPECT_FALSE(file->Sync({}, nullptr).ok());
  EXPECT_TRUE(file->Append("b", {}, nullptr).ok());
  EXPECT_TRUE(file->Sync({}, nullptr).ok());
  const std::string bytes = After(Disk::Survivors::kNothing, "a");
  EXPECT_EQ(bytes.size(), 8193U);
  EXPECT_NE(bytes.find('\0'), std::string::npos);
}

TEST_F(FailingDisk, FailsAtTheChosenOperation) {
  const auto file = Create("a");
  system_.Arm({FaultKind::kWriteError, 2, false, false});
  std::string said;
  for (int i = 0; i < 5; i++) said += file->Append("x", {}, nullptr).ok() ? '+' : '-';
  EXPECT_EQ(said, "++-++");
  system_.Arm({FaultKind::kFullDisk, 1, false, false});
  said.clear();
  for (int i = 0; i < 4; i++) said += file->Append("x", {}, nullptr).IsNoSpace() ? '-' : '+';
  EXPECT_EQ(said, "+---");
  EXPECT_TRUE(file->Sync({}, nullptr).ok());
  system_.Arm({FaultKind::kPowerLoss, 0, false, false});
  EXPECT_FALSE(file->Sync({}, nullptr).ok());
  EXPECT_FALSE(file->Append("x", {}, nullptr).ok());
}

}  // namespace
}  // namespace duebook::faults
