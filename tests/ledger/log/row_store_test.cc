// The seam between the log and its engines: on an engine that knows nothing of events the log does all that it does on
// RocksDB, and makes the same rows.

#include "ledger/log/row_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/layout.h"
#include "ledger/log/framed/staged_commit.h"
#include "tests/support/memory_rows.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr uint64_t kEvents = 300;  // a row of the tree, and more than two frames in one commit

// A ledger whose log lies in memory; beside it are the files that every ledger has.
class MemoryLedger {
 public:
  explicit MemoryLedger(bool is_copy = false) {
    LedgerIdentity identity{"Acme", *Currency::Parse("CNY"), "", Time{1}};
    identity.is_copy = is_copy;
    const Status created = EventLog::Create(path(), identity, Store());
    EXPECT_TRUE(created.ok()) << created.error().ToString();
  }

  std::filesystem::path path() const { return folder_.path() / "ledger"; }
  MemoryRows& rows() { return rows_; }
  StoreOptions Store() {
    StoreOptions store;
    store.engine = rows_.Engine();
    return store;
  }
  Result<std::unique_ptr<EventLog>> Open(EventLog::Mode mode) { return EventLog::Open(path(), mode, Store()); }
  std::unique_ptr<Ledger> OpenLedger() {
    LedgerOptions options;
    options.store = Store();
    auto ledger = Ledger::Open(path(), std::move(options));
    EXPECT_TRUE(ledger.ok()) << ledger.error().ToString();
    return std::move(*ledger);
  }
  // Events 1 to kEvents, in commits of 1 and kEvents - 2 and, after it was opened again, 1.
  void Record() {
    std::vector<MadeCommand> commands;
    for (uint64_t payment = 1; payment <= kEvents - 2; payment++) commands.push_back(ReceivePayment("A", payment));
    EXPECT_EQ(RecordOne(*OpenLedger(), OpenCustomer("A")), "recorded 1");
    EXPECT_THAT(RecordAll(*OpenLedger(), std::move(commands)), SizeIs(kEvents - 2));
    EXPECT_EQ(RecordOne(*OpenLedger(), ClosePeriod("c", "2025-01-31")), "recorded 300");
  }

 private:
  TemporaryFolder folder_;
  MemoryRows rows_;
};

void Ignore(uint64_t, uint64_t) {}

std::string FaultOf(MemoryLedger& ledger) {
  const auto log = ledger.Open(EventLog::Mode::kVerify);
  if (!log.ok()) return log.error().ToString();
  const auto fault = (*log)->Verify(1, Ignore);
  if (!fault.ok()) return fault.error().ToString();
  return fault->has_value() ? (*fault)->sentence : "";
}

TEST(RowStore, KeepsALogThatIsOpenedAgain) {
  MemoryLedger ledger;
  ledger.Record();
  const auto log = ledger.Open(EventLog::Mode::kRead);
  ASSERT_TRUE(log.ok()) << log.error().ToString();
  EXPECT_EQ((*log)->last_seq(), kEvents);
  EXPECT_TRUE((*log)->ended_in_order());
  uint64_t seq = 0;
  EXPECT_TRUE((*log)->Scan(1, kEvents, [&seq](EventView event) { return event.seq() == ++seq; }).ok());
  EXPECT_EQ(seq, kEvents);
  EXPECT_EQ((*log)->Get(200)->view().seq(), 200U);
  EXPECT_EQ((*log)->FindEventId("p77").value(), 78U);
  EXPECT_THAT((*log)->KeptCheckpoints().value(), SizeIs(2));  // of the closed period: as a row and as a file
  EXPECT_EQ(FaultOf(ledger), "");
}

TEST(RowStore, ReaderStaysOnItsStateAndOneWrites) {
  MemoryLedger ledger;
  const auto writer = ledger.OpenLedger();
  EXPECT_EQ(RecordOne(*writer, OpenCustomer("A")), "recorded 1");
  const auto reader = ledger.Open(EventLog::Mode::kRead);
  ASSERT_TRUE(reader.ok()) << reader.error().ToString();
  EXPECT_EQ(RecordOne(*writer, ReceivePayment("A", 1)), "recorded 2");
  uint64_t seen = 0;
  EXPECT_TRUE((*reader)->Scan(1, 2, [&seen](EventView event) { return seen = event.seq(), true; }).ok());
  EXPECT_EQ(seen, 1U);
  EXPECT_TRUE((*reader)->IsBeingWritten());
  const auto second = ledger.Open(EventLog::Mode::kWrite);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
}

TEST(RowStore, VerifyFindsAChangedRow) {
  for (const RowTable table : {RowTable::kLog, RowTable::kTree}) {
    MemoryLedger ledger;
    ledger.Record();
    std::string& value = ledger.rows().rows(table).begin()->second;
    if (table == RowTable::kTree) {
      value[0] = static_cast<char>(value[0] ^ 1);
    } else {
      std::string frame;
      ASSERT_TRUE(LoadFrame(value, &frame));
      std::vector<std::string> events{std::string(FrameView::Open(frame)->event_bytes(0))};
      ASSERT_TRUE(ReplaceText(&events[0], "open-A", "open-B"));
      value = StoredFrame(EncodeFrame(FrameView::Open(frame)->head(), events));
    }
    EXPECT_THAT(FaultOf(ledger), HasSubstr(table == RowTable::kTree ? "row 0 on level 1 of the Merkle tree is not what"
                                                                    : "event 1: it was changed"));
  }
}

TEST(RowStore, ALostRowIsMissed) {
  MemoryLedger ledger;
  ledger.Record();
  auto& frames = ledger.rows().rows(RowTable::kLog);
  frames.erase(std::next(frames.begin()));
  const auto log = ledger.Open(EventLog::Mode::kRead);
  ASSERT_FALSE(log.ok());
  EXPECT_THAT(log.error().sentence, HasSubstr("event 2 is missing, of 300"));
}

// From RocksDB into memory.
TEST(RowStore, ALogIsCopiedFromOneEngineToAnother) {
  const LedgerFolder source;
  {
    const auto ledger = source.Open();
    EXPECT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
    for (uint64_t payment = 1; payment <= 5; payment++) RecordOne(*ledger, ReceivePayment("A", payment));
  }
  const auto original = source.OpenForReading();
  MemoryLedger copy(/*is_copy=*/true);
  {
    const auto log = copy.Open(EventLog::Mode::kWrite);
    ASSERT_TRUE(log.ok()) << log.error().ToString();
    EXPECT_TRUE((*log)->AppendFrom(*original, 6, Ignore).ok());
    EXPECT_TRUE((*log)->EndCopying().ok());
    EXPECT_EQ((*log)->state().tree.Root(), original->state().tree.Root());
  }
  EXPECT_EQ(FaultOf(copy), "");
  RawStore rocks(source.path());
  EXPECT_EQ(rocks.Entries("log"), copy.rows().rows(RowTable::kLog));
  EXPECT_EQ(rocks.Entries("tree"), copy.rows().rows(RowTable::kTree));
}

// What is staged follows from where the log ends and from the events alone, whether in one go or commit by commit.
TEST(StagedCommit, MakesTheSameRowsWithoutAStore) {
  MemoryLedger ledger;
  ledger.Record();
  const auto log = ledger.Open(EventLog::Mode::kRead);
  ASSERT_TRUE(log.ok()) << log.error().ToString();
  CheckpointSigner signer(**log, ledger.Store());  // without a key: nothing is signed
  for (const bool at_once : {true, false}) {
    MemoryRows made;
    const auto rows = made.Engine()(ledger.path());
    ASSERT_TRUE((*rows)->Open(RowStore::Access::kCreate).ok());
    CommitStager stager{LogEnd()};
    std::vector<std::string> commit;
    ASSERT_TRUE((*log)
                    ->ScanCommits(1, kEvents,
                                  [&](EventView event, bool last_of_commit) {
                                    commit.emplace_back(event.bytes());
                                    if (!last_of_commit) return true;
                                    stager.Add(std::exchange(commit, {}), &signer);
                                    if (at_once && event.seq() < kEvents) return true;
                                    StagedCommit staged = std::move(stager).Take();
                                    stager = CommitStager(staged.end);
                                    return (*rows)->Write(RowsOf(std::move(staged))).ok();
                                  })
                    .ok());
    EXPECT_EQ(made.rows(RowTable::kLog), ledger.rows().rows(RowTable::kLog));
    EXPECT_EQ(made.rows(RowTable::kTree), ledger.rows().rows(RowTable::kTree));
    for (const auto& [key, value] : made.rows(RowTable::kMeta)) {
      EXPECT_EQ(value, ledger.rows().rows(RowTable::kMeta)[key]) << key;
    }
    EXPECT_THAT(made.rows(RowTable::kMeta), SizeIs(4));  // marks, state, frames, schema
  }
}

}  // namespace
}  // namespace duebook
