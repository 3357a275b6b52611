// Index and books made anew from the log are those that were kept as it grew.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Progress = std::vector<std::pair<uint64_t, uint64_t>>;

Progress Rebuild(const LedgerFolder& folder) {
  Progress progress;
  const Status status =
      Ledger::Rebuild(folder.path(), [&](uint64_t done, uint64_t total) { progress.emplace_back(done, total); });
  if (!status.ok()) ADD_FAILURE() << status.error().ToString();
  return progress;
}

// Customers, cash, a bounce and a write-off, in several commits.
void RecordSome(const LedgerFolder& folder) {
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), OpenCustomer("客户"), IssueInvoice("A", 1, "10"),
                            IssueInvoice("客户", 2, "20"), ReceivePayment("A", 8), ReceivePayment("客户", 9)));
  RecordAll(*ledger, ListOf(ApplyPayment("a1", "P8", "I1", "3"), ApplyPayment("a2", "P9", "I2", "9")));
  EXPECT_EQ(RecordOne(*ledger, ReversePayment("bounce", "P8")), "recorded 10");
  EXPECT_EQ(RecordOne(*ledger, MakeTestCommand({{"type", "WriteOffRequested"},
                                                {"id", "w1"},
                                                {"date", "2025-02-01"},
                                                {"write_off", "W1"},
                                                {"invoice", "I1"},
                                                {"amount", "10"},
                                                {"reason", "insolvent"}})),
            "recorded 11");
}

TEST(Rebuild, GivesTheSameIndexAndBooks) {
  const LedgerFolder folder;
  RecordSome(folder);
  const char* const families[] = {"ids", "index", "books", "log", "default"};
  std::map<std::string, std::map<std::string, std::string>> before;
  for (const char* family : families) before[family] = RawStore(folder.path()).Entries(family);
  {
    RawStore store(folder.path());
    for (const char* family : {"ids", "index", "books"}) {
      EXPECT_GT(before[family].size(), 5U);
      for (const auto& [key, value] : before[family]) store.Delete(family, key);
      store.Put(family, "stray", "\x01");
    }
  }
  EXPECT_THAT(Rebuild(folder), ElementsAre(std::pair(11, 11)));
  for (const char* family : families) EXPECT_EQ(RawStore(folder.path()).Entries(family), before[family]) << family;
  ExpectSound(*folder.OpenForReading());
  const auto ledger = folder.Open();
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a2", "P9", "I2", "9")), "duplicate 8");
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 12)), "recorded 12");
}

TEST(Rebuild, OfAnEmptyLedgerLeavesItEmpty) {
  const LedgerFolder folder;
  EXPECT_THAT(Rebuild(folder), ElementsAre());
  EXPECT_EQ(RecordOne(*folder.Open(), OpenCustomer("A")), "recorded 1");
}

// Goes in steps that end within a frame.
TEST(Rebuild, OfALargeLedgerGoesStepByStep) {
  const LedgerFolder folder;
  {
    const auto ledger = folder.Open();
    std::vector<Command> commands = ListOf(OpenCustomer("A"));
    for (uint64_t number = 2; number <= 50'300; number++) commands.push_back(ReceivePayment("A", number));
    ASSERT_TRUE(ledger->Record(commands).ok());
  }
  const auto books = BooksOf(*folder.OpenForReading());
  EXPECT_THAT(Rebuild(folder), ElementsAre(std::pair(50'000, 50'300), std::pair(50'300, 50'300)));
  EXPECT_EQ(BooksOf(*folder.OpenForReading()), books);
  ExpectSound(*folder.OpenForReading());
}

TEST(Rebuild, CutOffLeavesALedgerThatAsksForAnother) {
  const LedgerFolder folder;
  RecordSome(folder);
  const auto books = BooksOf(*folder.OpenForReading());
  {
    auto log = EventLog::Open(folder.path(), EventLog::Mode::kRebuild);
    ASSERT_TRUE(log.ok());
    ASSERT_TRUE((*log)->StartRebuild().ok());
    ASSERT_TRUE((*log)->RebuildBatch(1, 3, {}).ok());
  }
  for (const auto mode : {EventLog::Mode::kRead, EventLog::Mode::kWrite}) {
    const auto log = EventLog::Open(folder.path(), mode);
    ASSERT_FALSE(log.ok());
    EXPECT_EQ(log.error().code, ErrorCode::kDamaged);
    EXPECT_THAT(log.error().ToString(), HasSubstr("run `duebook rebuild` again; no event is lost"));
  }
  Rebuild(folder);
  EXPECT_EQ(BooksOf(*folder.OpenForReading()), books);
  ExpectSound(*folder.OpenForReading());
}

// Between dropping what was there and making it anew.
TEST(Rebuild, MendsALedgerWithoutIndexOrBooks) {
  const LedgerFolder folder;
  RecordSome(folder);
  {
    RawStore store(folder.path());
    for (const char* family : {"ids", "index", "books"}) store.DropFamily(family);
  }
  Rebuild(folder);
  ExpectSound(*folder.OpenForReading());
}

TEST(Rebuild, IsRefusedWhileAnotherWrites) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  const Status status = Ledger::Rebuild(folder.path(), [](uint64_t, uint64_t) {});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kLocked);
}

}  // namespace
}  // namespace duebook
