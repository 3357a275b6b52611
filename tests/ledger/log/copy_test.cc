// Copies of a ledger, up to any event: the same events, the same tree; and books that follow from them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/layout.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::HasSubstr;

void Ignore(uint64_t, uint64_t) {}

std::vector<std::string> BytesOf(const EventLog& log, uint64_t last) {
  std::vector<std::string> bytes;
  EXPECT_TRUE(log.Scan(1, last,
                       [&bytes](EventView event) {
                         bytes.emplace_back(event.bytes());
                         return true;
                       })
                  .ok());
  return bytes;
}

class Copying : public testing::Test {
 protected:
  // Commits of one event, of many frames, of the reversal of two applications, and a period that was closed.
  Copying() {
    const auto ledger = source_.Open();
    EXPECT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
    std::vector<MadeCommand> payments;
    for (uint64_t number = 2; number <= 300; number++) payments.push_back(ReceivePayment("A", number));
    EXPECT_EQ(RecordAll(*ledger, std::move(payments)).back(), "recorded 300");
    RecordAll(*ledger, ListOf(IssueInvoice("A", 1, "100"), IssueInvoice("A", 2, "100")));
    RecordAll(*ledger, ListOf(ApplyPayment("a1", "P50", "I1", "30"), ApplyPayment("a2", "P50", "I2", "20")));
    EXPECT_EQ(RecordOne(*ledger, ReversePayment("r", "P50")), "recorded 307");
    EXPECT_EQ(RecordOne(*ledger, MakeTestCommand({{"type", "PeriodClosed"},
                                                  {"id", "closed"},
                                                  {"date", "2025-02-01"},
                                                  {"actor", "cfo"},
                                                  {"through", "2025-01-31"}})),
              "recorded 308");
  }

  // An empty copy; it has no key.
  std::filesystem::path MakeCopy() {
    const std::filesystem::path path = folder_ / std::to_string(++copies_);
    LedgerIdentity identity = source_.OpenForReading()->identity();
    identity.is_copy = true;
    EXPECT_TRUE(EventLog::Create(path, identity).ok());
    return path;
  }
  static std::unique_ptr<EventLog> Open(const std::filesystem::path& path, EventLog::Mode mode) {
    auto log = EventLog::Open(path, mode);
    EXPECT_TRUE(log.ok());
    return std::move(log.value());
  }
  Status AppendUpTo(const std::filesystem::path& copy, uint64_t seq) {
    const auto source = source_.OpenForReading();
    return Open(copy, EventLog::Mode::kWrite)->AppendFrom(*source, seq, Ignore);
  }

  LedgerFolder source_;
  TemporaryFolder folder_;
  int copies_ = 0;
};

TEST_F(Copying, UpToAnyEventGivesTheSameEventsAndTree) {
  const auto source = source_.OpenForReading();
  for (const uint64_t seq : {0, 1, 2, 127, 128, 129, 150, 299, 300, 301, 304, 305, 306, 307, 308}) {
    SCOPED_TRACE(seq);
    const auto path = MakeCopy();
    ASSERT_TRUE(AppendUpTo(path, seq).ok());
    const auto copy = Open(path, EventLog::Mode::kRead);
    EXPECT_EQ(copy->last_seq(), seq);
    EXPECT_EQ(copy->state().tree.Root(), CheckpointAt(*source, seq)->root);
    EXPECT_EQ(BytesOf(*copy, seq), seq == 0 ? std::vector<std::string>() : BytesOf(*source, seq));
    ExpectSound(*copy);
  }
}

TEST_F(Copying, GoesOnFromWhereverItStopped) {
  const auto path = MakeCopy();
  for (const uint64_t seq : {0, 1, 100, 200, 200, 305, 306, 308}) {
    ASSERT_TRUE(AppendUpTo(path, seq).ok()) << seq;
    ExpectSound(*Open(path, EventLog::Mode::kRead));
  }
  EXPECT_EQ(Open(path, EventLog::Mode::kRead)->state().tree.Root(), source_.OpenForReading()->state().tree.Root());
}

TEST_F(Copying, KeptCheckpointsComeAlongAsFarAsTheEventsDo) {
  const auto path = MakeCopy();
  ASSERT_TRUE(AppendUpTo(path, 307).ok());
  EXPECT_TRUE(Open(path, EventLog::Mode::kRead)->KeptCheckpoints()->empty());
  ASSERT_TRUE(AppendUpTo(path, 308).ok());
  const auto kept = Open(path, EventLog::Mode::kRead)->KeptCheckpoints();
  ASSERT_EQ(kept->size(), 2U);  // in the store and in a file beside it
  EXPECT_EQ(kept->front().size, 308U);
  EXPECT_EQ(kept->front().note, source_.OpenForReading()->KeptCheckpoints()->front().note);
  ExpectSound(*Open(path, EventLog::Mode::kRead));
}

TEST_F(Copying, NothingIsRecordedInACopyUntilItEnds) {
  const auto path = MakeCopy();
  ASSERT_TRUE(AppendUpTo(path, 308).ok());
  const auto refused = Ledger::Open(path);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().ToString(), HasSubstr("nothing is recorded in it; make a ledger of it with"));
  ASSERT_TRUE(Open(path, EventLog::Mode::kWrite)->EndCopying().ok());
  const auto ledger = Ledger::Open(path);
  ASSERT_TRUE(ledger.ok()) << ledger.error().ToString();
  EXPECT_EQ(RecordOne(**ledger, ReceivePayment("A", 50)), "duplicate 50");
  EXPECT_EQ(
      RecordOne(**ledger,
                MakeTestCommand({{"type", "NoteAdded"}, {"id", "n"}, {"date", "2025-02-02"}, {"text", "restored"}})),
      "recorded 309");
  ExpectSound((*ledger)->log());
}

TEST_F(Copying, EndsAsALedgerAtThatMoment) {
  for (const uint64_t seq : {1, 129, 304, 307}) {
    SCOPED_TRACE(seq);
    const auto path = MakeCopy();
    ASSERT_TRUE(AppendUpTo(path, seq).ok());
    ASSERT_TRUE(Open(path, EventLog::Mode::kWrite)->EndCopying().ok());
    ASSERT_TRUE(Ledger::Open(path).ok());
    const auto restored = Open(path, EventLog::Mode::kRead);
    EXPECT_EQ(restored->last_seq(), seq);
    ExpectSound(*restored);
  }
}

TEST_F(Copying, DamagedSourceIsTold) {
  const auto path = MakeCopy();
  {
    RawStore store(source_.path());
    std::string frame = store.Entries("log").at(SeqKey(2));
    frame[frame.size() / 2] ^= 1;  // of a payment of the first frame: RocksDB's checksums are made anew
    store.Put("log", SeqKey(2), frame);
    store.Compact("log");
  }
  const Status copied = AppendUpTo(path, 308);
  const auto copy = Open(path, EventLog::Mode::kRead);
  if (copied.ok()) {  // the event still reads well
    EXPECT_NE(copy->state().tree.Root(), source_.OpenForReading()->state().tree.Root());
  } else {
    EXPECT_EQ(copied.error().code, ErrorCode::kDamaged);
    EXPECT_LT(copy->last_seq(), 308U);
  }
}

}  // namespace
}  // namespace duebook
