// What is wrong with a store is not taken for something else: the advice would do harm.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr EventLog::Mode kModes[] = {EventLog::Mode::kRead, EventLog::Mode::kWrite};

Error FailOpen(const LedgerFolder& folder, EventLog::Mode mode) {
  const auto log = EventLog::Open(folder.path(), mode);
  if (!log.ok()) return log.error();
  ADD_FAILURE() << "it opened";
  return {};
}

TEST(StoreDiagnosis, AStoreWithoutItsManifestIsADamagedOne) {
  for (const auto mode : kModes) {
    const LedgerFolder folder;
    fs::remove(folder.path() / "store" / "CURRENT");
    EXPECT_EQ(FailOpen(folder, mode).code, ErrorCode::kDamaged);
    EXPECT_EQ(FailOpen(folder, mode).code, ErrorCode::kDamaged);
    EXPECT_FALSE(fs::exists(folder.path() / "store" / "CURRENT"));
  }
}

TEST(StoreDiagnosis, AnEmptyStoreIsADamagedOne) {
  for (const auto mode : kModes) {
    const LedgerFolder folder;
    fs::remove_all(folder.path() / "store");
    EXPECT_THAT(FailOpen(folder, mode).ToString(), HasSubstr("backup"));
  }
}

TEST(StoreDiagnosis, AManifestThatNamesNothingIsDamage) {
  for (const auto mode : kModes) {
    for (const char* text : {"", "MANIFEST-000099\n", "\xff"}) {
      const LedgerFolder folder;
      std::ofstream(folder.path() / "store" / "CURRENT") << text;
      const Error error = FailOpen(folder, mode);
      EXPECT_EQ(error.code, ErrorCode::kDamaged) << error.ToString();
    }
  }
}

TEST(StoreDiagnosis, AFolderWhereNoLockCanBeMadeIsNotTakenForAnotherWriter) {
  const LedgerFolder folder;
  fs::remove(folder.path() / "store" / "LOCK");
  fs::create_directory(folder.path() / "store" / "LOCK");
  const Error error = FailOpen(folder, EventLog::Mode::kWrite);
  EXPECT_EQ(error.code, ErrorCode::kUnavailable);
  EXPECT_THAT(error.ToString(), Not(HasSubstr("another process")));
}

}  // namespace
}  // namespace duebook
