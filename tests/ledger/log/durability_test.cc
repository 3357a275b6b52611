// What was acknowledged is there, whole, whatever ends the process: an end without goodbye, a torn write, a full disk.
// Here each comes at a stated place; the hostile tests kill at any moment.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <random>

#include "tests/support/child_process.h"
#include "tests/support/seed.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

// Records batches of payments p<seq>, until the store fails if need be, telling the last seq that is acknowledged.
void RecordBatches(Ledger& ledger, uint32_t seed, uint32_t batches, const ChildProcess::Tell& tell) {
  std::mt19937 random(seed);
  if (ledger.log().last_seq() == 0) CHECK(RecordOne(ledger, OpenCustomer("A")) == "recorded 1");
  for (; batches > 0; batches--) {
    std::vector<MadeCommand> commands;
    // Single events, some, and so many that the books are written later.
    const uint64_t sizes[] = {1, 1, 1 + random() % 300, 1, random() % 4 == 0 ? uint64_t{1200} : 1};
    const uint64_t count = sizes[random() % std::size(sizes)];
    const uint64_t last = ledger.log().last_seq();
    for (uint64_t number = last + 1; number <= last + count; number++) commands.push_back(ReceivePayment("A", number));
    if (!ledger.Record(commands).ok()) return;
    tell(last + count);
  }
}

void ExpectAllUpTo(const EventLog& log, uint64_t acknowledged) {
  EXPECT_GE(log.last_seq(), acknowledged);
  uint64_t seq = 1;
  ASSERT_TRUE(log.Scan(2, log.last_seq(),
                       [&](EventView event) {
                         EXPECT_EQ(event.id(), fmt::format("p{}", ++seq));
                         return true;
                       })
                  .ok());
  EXPECT_EQ(seq, std::max<uint64_t>(log.last_seq(), 1));
  ExpectSound(log);
}

TEST(Durability, NothingAcknowledgedIsLostToAProcessThatEndsWithoutClosing) {
  const uint32_t seed = TestSeed(77);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  const LedgerFolder folder;
  uint64_t acknowledged = 0;
  for (int round = 0; round < 12; round++) {
    const uint32_t batches = 1 + random() % 40;
    ChildProcess child([&](const ChildProcess::Tell& tell) {
      const auto ledger = folder.Open();
      RecordBatches(*ledger, seed + round, batches, tell);
      ::_exit(0);  // before the ledger is closed
    });
    while (const auto told = child.Hear()) acknowledged = *told;
    EXPECT_TRUE(child.Wait());
    ExpectAllUpTo(*folder.OpenForReading(), acknowledged);
  }
  EXPECT_GT(acknowledged, 100U);
}

// The newest of the store's write-ahead logs that holds something.
fs::path WriteAheadLog(const fs::path& ledger) {
  fs::path newest;
  for (const auto& entry : fs::directory_iterator(ledger / "store")) {
    if (entry.path().extension() == ".log" && entry.file_size() > 0) newest = std::max(newest, entry.path());
  }
  return newest;
}

TEST(Durability, ATornLastWriteCostsOnlyTheCommitItBelongedTo) {
  for (const uint64_t torn : {1, 7, 100, 1000, 5000}) {
    SCOPED_TRACE(torn);
    const LedgerFolder folder;
    std::vector<uint64_t> commits;
    {
      ChildProcess child([&](const ChildProcess::Tell& tell) {
        const auto ledger = folder.Open();
        RecordBatches(*ledger, 5, 40, tell);
        ::_exit(0);
      });
      while (const auto told = child.Hear()) commits.push_back(*told);
      EXPECT_TRUE(child.Wait());
    }
    const fs::path file = WriteAheadLog(folder.path());
    ASSERT_FALSE(file.empty());
    ASSERT_GT(fs::file_size(file), torn);
    fs::resize_file(file, fs::file_size(file) - torn);
    const auto log = folder.OpenForReading();
    ExpectAllUpTo(*log, 1);
    EXPECT_THAT(commits, testing::Contains(log->last_seq())) << "a commit is there in part";
  }
}

TEST(Durability, AFullDiskIsSaidAndLosesNothing) {
  const LedgerFolder folder;
  ChildProcess child([&](const ChildProcess::Tell& tell) {
    const auto ledger = folder.Open();
    // No file may grow beyond this: what a full disk does, for this process alone.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{2'000'000, RLIM_INFINITY};
    CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    RecordBatches(*ledger, 9, std::numeric_limits<uint32_t>::max(), tell);
    const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
    CHECK(::setrlimit(RLIMIT_FSIZE, &unlimited) == 0);
    // There is room again, but what was written half is known only after opening anew.
    CHECK(RecordOne(*ledger, ReceivePayment("A", 1'000'000)) == "failed");
  });
  uint64_t acknowledged = 0;
  while (const auto told = child.Hear()) acknowledged = *told;
  EXPECT_TRUE(child.Wait());
  EXPECT_GT(acknowledged, 50U);
  ExpectAllUpTo(*folder.OpenForReading(), acknowledged);
  const auto ledger = folder.Open();
  const uint64_t next = ledger->log().last_seq() + 1;
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", next)), fmt::format("recorded {}", next));
  ExpectAllUpTo(ledger->log(), next);
}

}  // namespace
}  // namespace duebook
