// Verification finds what was changed behind the ledger's back, and names the event where it can.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/layout.h"
#include "tests/support/check_events.h"
#include "tests/support/raw_store.h"
#include "tests/support/seed.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

void Ignore(uint64_t, uint64_t) {}

// What the first of the checks that complains says: opening, Verify, CheckBooks. "" if all is well.
std::string Complaint(const LedgerFolder& folder) {
  const auto log = EventLog::Open(folder.path(), EventLog::Mode::kVerify);
  if (!log.ok()) return log.error().ToString();
  for (const bool books : {false, true}) {
    const auto fault = books ? CheckBooks(**log) : (*log)->Verify(1, Ignore);
    if (!fault.ok()) return fault.error().ToString();
    if (fault->has_value()) return (*fault)->sentence;
  }
  return "";
}

std::string Changed(std::string value) {
  if (value.empty()) return "\x01";
  value.back() = static_cast<char>(value.back() ^ 1);
  return value;
}

// Events 1 to 7 in commits of 1, 5 and 1: frames 1, 2 and 7.
class VerifyTest : public testing::Test {
 protected:
  VerifyTest() {
    int64_t now = 100;
    LedgerOptions options;
    options.clock = [&] { return Time{now++}; };
    const auto ledger = folder_.Open(std::move(options));
    EXPECT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
    EXPECT_EQ(RecordAll(*ledger, ListOf(IssueInvoice("A", 1, "10"), ReceivePayment("A", 3), ReceivePayment("A", 4),
                                        ReceivePayment("A", 5), ApplyPayment("a1", "P5", "I1", "5")))
                  .size(),
              5U);
    EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 7)), "recorded 7");
  }

  std::string FrameAt(uint64_t seq) const { return RawStore(folder_.path()).Frames().at(seq); }
  void PutFrame(uint64_t seq, const std::string& bytes) { RawStore(folder_.path()).PutFrame(seq, bytes); }

  // Stores the frame again with its head and events changed.
  void ChangeFrame(uint64_t seq, const std::function<void(FrameHead*, std::vector<std::string>*)>& change) {
    const std::string bytes = FrameAt(seq);
    const auto frame = FrameView::Open(bytes);
    FrameHead head = frame->head();
    std::vector<std::string> events;
    for (uint32_t i = 0; i < frame->count(); i++) events.emplace_back(frame->event_bytes(i));
    change(&head, &events);
    PutFrame(seq, EncodeFrame(head, events));
  }

  LedgerFolder folder_;
};

TEST_F(VerifyTest, FindsNothingInASoundLedger) { EXPECT_EQ(Complaint(folder_), ""); }

// The change reads well and contradicts nothing: only the tree tells.
TEST_F(VerifyTest, FindsAnEventThatWasReworded) {
  ChangeFrame(2, [](FrameHead*, std::vector<std::string>* events) {
    std::string& bytes = events->at(3);
    EXPECT_TRUE(ReplaceText(&bytes, "clerk", "clark"));
  });
  EXPECT_THAT(Complaint(folder_), HasSubstr("event 5: it was changed"));
}

TEST_F(VerifyTest, NamesTheEventWhoseBytesAreNone) {
  ChangeFrame(2, [](FrameHead*, std::vector<std::string>* events) { events->at(2).assign(64, '\xff'); });
  EXPECT_THAT(Complaint(folder_), HasSubstr("event 4: its bytes are not those of an event"));
}

// Too few even for a string on the heap.
TEST_F(VerifyTest, NamesTheEventOfWhichLittleIsLeft) {
  for (const size_t size : {0, 1, 15, 16}) {
    ChangeFrame(2, [&](FrameHead*, std::vector<std::string>* events) { events->at(2).resize(size); });
    EXPECT_THAT(Complaint(folder_), HasSubstr("event 4: its bytes are not those of an event"));
  }
}

TEST_F(VerifyTest, NamesTheFirstOfEventsThatWereReordered) {
  ChangeFrame(2, [](FrameHead*, std::vector<std::string>* events) { std::swap(events->at(1), events->at(2)); });
  EXPECT_THAT(Complaint(folder_), HasSubstr("event 3: it says of itself that it is event 4"));
}

TEST_F(VerifyTest, FindsFramesThatWereSwapped) {
  const std::string first = FrameAt(1);
  PutFrame(1, FrameAt(7));
  PutFrame(7, first);
  EXPECT_THAT(Complaint(folder_), HasSubstr("the frame of event 1 cannot be read"));
}

TEST_F(VerifyTest, NamesTheEventThatIsMissing) {
  const struct {
    uint64_t frame;
    const char* said;
  } cases[] = {
      {1, "event 1: event 0 is followed by event 2"},
      {2, "event 2: event 1 is followed by event 7"},
      {7, "event 7: the log ends at event 6, not at 7"},
  };
  for (const auto& c : cases) {
    const std::string bytes = FrameAt(c.frame);
    RawStore(folder_.path()).Delete("log", SeqKey(c.frame));
    EXPECT_THAT(Complaint(folder_), HasSubstr(c.said));
    PutFrame(c.frame, bytes);
    EXPECT_EQ(Complaint(folder_), "");
  }
}

// A report would leave out what is missing.
TEST_F(VerifyTest, NothingElseIsDoneWithALogThatLacksEvents) {
  for (const uint64_t frame : {1, 2, 7}) {
    const std::string bytes = FrameAt(frame);
    RawStore(folder_.path()).Delete("log", SeqKey(frame));
    for (const auto mode : {EventLog::Mode::kRead, EventLog::Mode::kWrite}) {
      const auto log = EventLog::Open(folder_.path(), mode);
      ASSERT_FALSE(log.ok());
      EXPECT_EQ(log.error().code, ErrorCode::kDamaged);
      EXPECT_THAT(log.error().sentence, HasSubstr(fmt::format("event {} is missing, of 7", frame)));
    }
    PutFrame(frame, bytes);
  }
}

// A search by time must not wait for an event that never comes.
TEST_F(VerifyTest, SearchByTimeSaysThatAnEventIsMissing) {
  for (const uint64_t frame : {1, 2, 7}) {
    const std::string bytes = FrameAt(frame);
    RawStore(folder_.path()).Delete("log", SeqKey(frame));
    const auto opened = EventLog::Open(folder_.path(), EventLog::Mode::kVerify);
    ASSERT_TRUE(opened.ok());
    const EventLog* log = opened->get();
    bool said = false;
    for (int64_t time = 99; time < 104; time++) {
      const auto seq = log->SeqAt(Time{time});
      said = said || (!seq.ok() && seq.error().code == ErrorCode::kDamaged);
    }
    EXPECT_TRUE(said) << frame;
    PutFrame(frame, bytes);
  }
}

TEST_F(VerifyTest, FindsACommitThatIsThereInPart) {
  ChangeFrame(2, [](FrameHead*, std::vector<std::string>* events) { events->pop_back(); });
  EXPECT_THAT(Complaint(folder_), HasSubstr("event 6: event 5 is followed by event 7"));
}

TEST_F(VerifyTest, FindsTimesThatGoBack) {
  ChangeFrame(7, [](FrameHead* head, std::vector<std::string>*) { head->recorded_at = Time{1}; });
  EXPECT_THAT(Complaint(folder_), HasSubstr("event 7: recorded before the event before it"));
  ChangeFrame(7, [](FrameHead* head, std::vector<std::string>*) { head->recorded_at = Time{10'000}; });
  EXPECT_THAT(Complaint(folder_), HasSubstr("event 7: its time is not that of its commit"));
}

// The tree of 700 events: rows for the first 256 and the next, and the marks of the rest.
class VerifyTreeTest : public testing::Test {
 protected:
  VerifyTreeTest() {
    const auto ledger = folder_.Open();
    RecordOne(*ledger, OpenCustomer("A"));
    for (uint64_t number = 1; number < 700; number++) commands_.push_back(ReceivePayment("A", number));
    EXPECT_TRUE(ledger->Record(commands_).ok());
  }

  std::vector<MadeCommand> commands_;
  LedgerFolder folder_;
};

TEST_F(VerifyTreeTest, FindsAnyRowThatIsNotAsItShouldBe) {
  RawStore store(folder_.path());
  const auto rows = store.Entries("tree");
  EXPECT_EQ(rows.size(), 2U);
  for (const auto& [key, value] : rows) {
    store.Delete("tree", key);
    EXPECT_THAT(Complaint(folder_), HasSubstr("of the Merkle tree is not what the events make"));
    store.Put("tree", key, Changed(value));
    EXPECT_THAT(Complaint(folder_), HasSubstr("of the Merkle tree is not what the events make"));
    store.Put("tree", key, value);
  }
  store.Put("tree", "more", "\x01");
  EXPECT_THAT(Complaint(folder_), HasSubstr("the Merkle tree has 3 rows, the events make 2"));
  store.Delete("tree", "more");
  const std::string marks = store.Entries("default").at("marks");
  store.Put("default", "marks", Changed(marks));
  EXPECT_THAT(Complaint(folder_), HasSubstr("the marks of the newest events are not what they make"));
}

TEST_F(VerifyTreeTest, NamesTheEventThatWasReworded) {
  for (const uint64_t seq : {100, 257, 513, 700}) {
    RawStore store(folder_.path());
    const auto frames = store.Frames();
    const auto at = std::prev(frames.upper_bound(seq));
    std::string bytes = at->second;
    const auto frame = FrameView::Open(bytes);
    std::vector<std::string> events;
    for (uint32_t i = 0; i < frame->count(); i++) events.emplace_back(frame->event_bytes(i));
    std::string& event = events.at(seq - frame->head().first_seq);
    EXPECT_TRUE(ReplaceText(&event, "clerk", "clark"));
    store.PutFrame(at->first, EncodeFrame(frame->head(), events));
    EXPECT_THAT(Complaint(folder_), HasSubstr("event " + std::to_string(seq) + ": it was changed"));
    store.PutFrame(at->first, at->second);
  }
}

// An older state beside newer events, as a partly restored backup would have it.
TEST_F(VerifyTest, FindsAStateThatIsBehindTheEvents) {
  const std::string state = RawStore(folder_.path()).Entries("default").at("state");
  EXPECT_EQ(RecordOne(*folder_.Open(), ReceivePayment("A", 8)), "recorded 8");
  RawStore(folder_.path()).Put("default", "state", state);
  EXPECT_NE(Complaint(folder_), "");
}

TEST_F(VerifyTest, SaysWhatTheLedgerIsCannotBeRead) {
  RawStore(folder_.path()).Put("default", "state", "x");
  EXPECT_THAT(Complaint(folder_), HasSubstr("what the ledger is cannot be read"));
}

// In each table some bits at random. What is not complained about may only be what nothing depends on.
TEST_F(VerifyTest, FindsFlippedBitsInTheTables) {
  const uint32_t seed = TestSeed(61);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  RawStore(folder_.path()).Flush();
  const Hash root = folder_.OpenForReading()->state().tree.Root();
  int found = 0;
  int unharmed = 0;
  std::vector<fs::path> tables;
  for (const auto& entry : fs::directory_iterator(folder_.path() / "store")) {
    if (entry.path().extension() == ".sst") tables.push_back(entry.path());
  }
  ASSERT_GE(tables.size(), 2U);
  std::sort(tables.begin(), tables.end());
  for (const fs::path& table : tables) {
    const std::string bytes = ReadWholeFile(table);
    for (int i = 0; i < 6; i++) {
      std::string flipped = bytes;
      const size_t bit = random() % (8 * bytes.size());
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
      std::ofstream(table, std::ios::binary) << flipped;
      if (Complaint(folder_).empty()) {
        unharmed++;
        EXPECT_EQ(folder_.OpenForReading()->state().tree.Root(), root) << table << " bit " << bit;
      } else {
        found++;
      }
    }
    std::ofstream(table, std::ios::binary) << bytes;
  }
  EXPECT_GT(found, 4 * unharmed);
  EXPECT_EQ(Complaint(folder_), "");
}

}  // namespace
}  // namespace duebook
