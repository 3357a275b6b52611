#include "ledger/log/derived/stored_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "ledger/log/derived/column_writer.h"
#include "ledger/log/derived/folds.h"
#include "tests/support/forged_columns.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

constexpr ColumnKind kKind{"test", 1};
constexpr uint64_t kPage = 4096;

// Two columns of some rows an event.
struct SomeColumns {
  GrowingColumn<uint64_t> seq;
  GrowingColumn<Minor> amount;

  std::vector<NamedColumn> Named() { return {{"seq", &seq}, {"amount", &amount}}; }
  void AddUpTo(uint64_t last) {
    for (uint64_t event = seq.empty() ? 1 : seq.back() + 1; event <= last; event++) {
      for (uint64_t i = 0; i < kRowsOfEvent; i++) {
        seq.Add(event);
        amount.Add(AmountOf(event, i));
      }
    }
  }
  static Minor AmountOf(uint64_t event, uint64_t i) { return static_cast<Minor>(event * 1'000 + i); }
  // Checks that they are as AddUpTo made them.
  void ExpectUpTo(uint64_t last) const {
    ASSERT_EQ(seq.size(), last * kRowsOfEvent);
    ASSERT_EQ(amount.size(), seq.size());
    for (size_t row = 0; row < seq.size(); row++) {
      ASSERT_EQ(seq[row], row / kRowsOfEvent + 1);
      ASSERT_EQ(amount[row], AmountOf(seq[row], row % kRowsOfEvent));
    }
  }
  static constexpr uint64_t kRowsOfEvent = 300;
};

class StoredColumnsTest : public testing::Test {
 protected:
  StoredColumnsTest() : ledger_(folder_.Open()) { Record(OpenCustomer("A")); }

  void Record(Command command) { EXPECT_THAT(RecordOne(*ledger_, command), testing::StartsWith("recorded")); }
  // Records payments up to the event with this seq.
  void RecordUpTo(uint64_t last) {
    while (log().last_seq() < last) Record(ReceivePayment("A", log().last_seq() + 1));
  }
  const EventLog& log() const { return ledger_->log(); }
  fs::path columns() const { return folder_.path() / kDerivedFolder / kKind.name; }

  // Goes on behind what is there, up to the event with this seq.
  void WriteUpTo(uint64_t last, bool sync) {
    RecordUpTo(last);
    const auto stored = StoredColumns::Open(log(), kKind);
    ASSERT_TRUE(stored.ok());
    SomeColumns some;
    if (*stored != nullptr) ASSERT_TRUE((*stored)->Load(some.Named()).ok());
    ColumnWriter writer(log(), kKind, kPage, stored->get());
    some.AddUpTo(last);
    ASSERT_TRUE(writer.Write(some.Named(), last).ok());
    some.ExpectUpTo(last);  // of which pages are mapped by now
    if (sync) ASSERT_TRUE(writer.Sync(some.Named()).ok());
  }

  static void ExpectUpTo(const EventLog& log, uint64_t last) {
    const auto stored = StoredColumns::Open(log, kKind);
    ASSERT_TRUE(stored.ok() && *stored != nullptr);
    EXPECT_EQ((*stored)->position(), last);
    SomeColumns some;
    ASSERT_TRUE((*stored)->Load(some.Named()).ok());
    some.ExpectUpTo(last);
    constexpr size_t kPlaces[] = {0, 1};
    EXPECT_TRUE((*stored)->Check(some.Named(), kPlaces, [](size_t, size_t, size_t) { return true; }).ok());
  }

  // Makes the columns what they are once the machine was started anew.
  void StartMachineAnew() {
    for (const char* name : {kColumnHeadFile, kSyncedColumnHeadFile}) {
      auto head = DecodeColumnHead(ReadWholeFile(columns() / name));
      if (!head.has_value()) continue;
      head->boot = "an earlier one";
      std::ofstream(columns() / name, std::ios::binary) << EncodeColumnHead(*head);
    }
  }

  LedgerFolder folder_;
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(StoredColumnsTest, AreReadAsTheyWereWrittenStepByStep) {
  EXPECT_EQ(*StoredColumns::Open(log(), kKind), nullptr);
  for (const uint64_t last : {1, 3, 4, 20, 21}) {
    WriteUpTo(last, last % 2 == 0);
    ExpectUpTo(log(), last);
  }
}

TEST_F(StoredColumnsTest, AReaderOfAnOlderStateTakesNoMoreThanThat) {
  WriteUpTo(3, true);
  WriteUpTo(8, false);
  const auto older = folder_.OpenForReading();
  WriteUpTo(15, false);
  WriteUpTo(16, true);
  ExpectUpTo(*older, 8);
  RecordUpTo(18);
  const auto between = folder_.OpenForReading();
  WriteUpTo(30, true);
  ExpectUpTo(*between, 16);
  ExpectUpTo(log(), 30);
}

TEST_F(StoredColumnsTest, OnlyWhatWasSyncedIsBelievedOnceTheMachineWasStartedAnew) {
  WriteUpTo(10, true);
  WriteUpTo(20, false);
  ExpectUpTo(log(), 20);
  StartMachineAnew();
  // Whatever came of what was not synced.
  fs::resize_file(columns() / "amount.4", fs::file_size(columns() / "amount.4") - 5'000);
  std::ofstream(columns() / kColumnHeadFile) << "half a he";
  ExpectUpTo(log(), 10);
  WriteUpTo(25, false);
  ExpectUpTo(log(), 25);
}

TEST_F(StoredColumnsTest, AColumnIsWrittenAnewWhereAValueDoesNotFit) {
  WriteUpTo(10, true);
  RecordUpTo(12);
  const auto stored = StoredColumns::Open(log(), kKind);
  SomeColumns some;
  ASSERT_TRUE((*stored)->Load(some.Named()).ok());
  ColumnWriter writer(log(), kKind, kPage, stored->get());
  some.seq.Add(11);
  some.amount.Add(INT64_MAX);
  ASSERT_TRUE(writer.Write(some.Named(), 11).ok());
  EXPECT_TRUE(fs::exists(columns() / "amount.4")) << "the synced head speaks of it";
  ASSERT_TRUE(writer.Sync(some.Named()).ok());
  EXPECT_FALSE(fs::exists(columns() / "amount.4"));
  some.seq.Add(12);
  some.amount.Add(-5);
  ASSERT_TRUE(writer.Write(some.Named(), 12).ok());

  const auto now = StoredColumns::Open(log(), kKind);
  SomeColumns read;
  ASSERT_TRUE((*now)->Load(read.Named()).ok());
  ASSERT_EQ(read.amount.size(), some.amount.size());
  for (size_t row = 0; row < read.amount.size(); row++) EXPECT_EQ(read.amount[row], some.amount[row]);
}

// The bytes are as they were written in all but one page.
TEST_F(StoredColumnsTest, ADamagedPageIsFoundWhereverItIs) {
  WriteUpTo(20, true);
  const fs::path file = columns() / "amount.4";
  const std::string bytes = ReadWholeFile(file);
  for (size_t place = 0; place < bytes.size(); place += kPage / 3) {
    std::string changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    std::ofstream(file, std::ios::binary) << changed;
    const auto stored = StoredColumns::Open(log(), kKind);
    SomeColumns some;
    const Status loaded = (*stored)->Load(some.Named());
    constexpr size_t kPlaces[] = {1};
    const Status checked =
        loaded.ok() ? (*stored)->Check(some.Named(), kPlaces, [](size_t, size_t, size_t) { return true; }) : loaded;
    ASSERT_FALSE(checked.ok()) << place;
    EXPECT_EQ(checked.error().code, ErrorCode::kDamaged);
    EXPECT_THAT(checked.error().sentence, testing::HasSubstr("the column amount is not what was written"));
  }
}

TEST_F(StoredColumnsTest, AreOfNoUseInAnotherFormat) {
  WriteUpTo(5, true);
  EXPECT_EQ(*StoredColumns::Open(log(), {"test", 2}), nullptr);
  EXPECT_EQ(*StoredColumns::Open(log(), {"other", 1}), nullptr);
}

TEST_F(StoredColumnsTest, RowsAreComparedWithThoseThatAreThere) {
  WriteUpTo(9, true);
  const auto stored = StoredColumns::Open(log(), kKind);
  for (const bool right : {true, false}) {
    SomeColumns some;
    ASSERT_TRUE((*stored)->Load(some.Named()).ok());
    for (const NamedColumn& column : some.Named()) column.memory->BeginComparing();
    some.AddUpTo(8);
    some.seq.Add(9);
    some.amount.Add(SomeColumns::AmountOf(9, right ? 0 : 1));
    EXPECT_FALSE(some.seq.differs());
    EXPECT_EQ(some.amount.differs(), !right);
    EXPECT_EQ(some.amount.stored(), 9 * SomeColumns::kRowsOfEvent);
  }
}

// There is a mark for each doubling of the distance, and more.
TEST_F(StoredColumnsTest, AReaderFarBehindFindsAStateThatIsNotFarBehindIt) {
  std::vector<std::unique_ptr<EventLog>> readers;
  for (uint64_t last = 1; last <= 200; last++) {
    WriteUpTo(last, last % 50 == 0);
    if (last % 40 == 0) readers.push_back(folder_.OpenForReading());
  }
  for (const auto& reader : readers) {
    const auto stored = StoredColumns::Open(*reader, kKind);
    ASSERT_TRUE(stored.ok() && *stored != nullptr);
    EXPECT_LE((*stored)->position(), reader->last_seq());
    EXPECT_LE(reader->last_seq() - (*stored)->position(), (200 - reader->last_seq()) / 2);
    ExpectUpTo(*reader, (*stored)->position());
  }
  EXPECT_LT((*StoredColumns::Open(log(), kKind))->head().marks.size(), 40U);
}

// The newer head is written last of all; until then there is the synced one, which is an earlier state of the same.
TEST_F(StoredColumnsTest, AFirstWriteThatFailedLeavesWhatIsOfUse) {
  RecordUpTo(30);
  SomeColumns some;
  some.AddUpTo(30);
  ColumnWriter writer(log(), kKind, kPage, nullptr);
  ASSERT_TRUE(writer.Write(some.Named(), 30).ok());
  fs::remove(columns() / kColumnHeadFile);
  const auto stored = StoredColumns::Open(log(), kKind);
  ASSERT_TRUE(stored.ok() && *stored != nullptr);
  EXPECT_EQ((*stored)->position(), 0U);
  WriteUpTo(31, true);
  ExpectUpTo(log(), 31);
}

TEST_F(StoredColumnsTest, SayWhichStateIsThereAfterAPowerLoss) {
  WriteUpTo(10, true);
  WriteUpTo(20, false);
  EXPECT_EQ((*StoredColumns::Open(log(), kKind))->synced_position(), 10U);
  WriteUpTo(21, true);
  EXPECT_EQ((*StoredColumns::Open(log(), kKind))->synced_position(), 21U);
}

TEST_F(StoredColumnsTest, PagesThatAreNotMadeUpOfThoseOfTheSystemAreRefused) {
  WriteUpTo(20, true);
  for (const uint64_t page : {uint64_t{0}, uint64_t{8}, kPage / 2, kPage + 1}) {
    ColumnHead head = (*ReadColumnHeads(columns()))->head;
    head.page_bytes = page;
    EXPECT_FALSE(DecodeColumnHead(EncodeColumnHead(head)).has_value()) << page;
  }
}

TEST_F(StoredColumnsTest, MarksOfWhichALaterOneHasFewerRowsAreRefused) {
  WriteUpTo(10, true);
  WriteUpTo(20, true);
  ColumnHead head = (*ReadColumnHeads(columns()))->head;
  ASSERT_GT(head.marks.size(), 1U);
  std::swap(head.marks.back().rows[0], head.marks[head.marks.size() - 2].rows[0]);
  EXPECT_FALSE(DecodeColumnHead(EncodeColumnHead(head)).has_value());
}

}  // namespace
}  // namespace duebook
