#include "ledger/log/own_files.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

// A folder as a ledger's is; nothing looks into the files.
class OwnFiles : public testing::Test {
 protected:
  OwnFiles() {
    for (const char* folder : {"L", "L/store", "L/checkpoints", "L/derived", "other"}) {
      fs::create_directory(folder_ / folder);
    }
    folder_.Write("L/FORMAT", "duebook ledger format 2\n");
    folder_.Write("L/key", "any bytes");
  }
  bool MayWrite(const std::string& path) { return CheckNotOwnFile(folder_ / path).ok(); }

  TemporaryFolder folder_;
};

TEST_F(OwnFiles, EveryFileOfALedgerIsRefused) {
  for (const char* path :
       {"L/key", "L/key.new", "L/key.part", "L/FORMAT", "L/END", "L/END.part", "L/store", "L/store/CURRENT",
        "L/store/new/deep", "L/checkpoints/7", "L/derived/index-1-9", "L/derived"}) {
    EXPECT_FALSE(MayWrite(path)) << path;
  }
  fs::remove(folder_ / "L/key");
  EXPECT_FALSE(MayWrite("L/key")) << "also where there is none now";
}

TEST_F(OwnFiles, OtherFilesAreNot) {
  for (const char* path : {"key", "other/key", "L/refused.csv", "L/key.reasons.csv", "store/x", "L/other/key"}) {
    EXPECT_TRUE(MayWrite(path)) << path;
  }
}

TEST_F(OwnFiles, NoWayAroundLeadsThere) {
  fs::create_directory_symlink(folder_ / "L", folder_ / "link");
  fs::create_symlink("../L/key", folder_ / "other/to-key");
  fs::create_symlink("to-key", folder_ / "other/twice");
  fs::create_symlink("../L/store/not-there", folder_ / "other/to-new");
  for (const char* path : {"L/../L/key", "other/../L/key", "L/./key", "link/key", "link/store/CURRENT", "other/to-key",
                           "other/twice", "other/to-new"}) {
    EXPECT_FALSE(MayWrite(path)) << path;
  }
  const fs::path before = fs::current_path();
  fs::current_path(folder_ / "L/store");
  EXPECT_FALSE(CheckNotOwnFile("../key").ok());
  EXPECT_FALSE(CheckNotOwnFile("CURRENT").ok());
  EXPECT_TRUE(CheckNotOwnFile("../../refused").ok());
  fs::current_path(before);
}

TEST_F(OwnFiles, APrivateKeyIsRefusedWhereverItIs) {
  folder_.Write("other/signing", "PRIVATE+KEY+Acme+00000000+AAAA\n");
  fs::create_hard_link(folder_ / "other/signing", folder_ / "other/again");
  EXPECT_FALSE(MayWrite("other/signing"));
  EXPECT_FALSE(MayWrite("other/again"));
  folder_.Write("other/public", "Acme+00000000+AAAA\n");
  EXPECT_TRUE(MayWrite("other/public"));
}

}  // namespace
}  // namespace duebook
