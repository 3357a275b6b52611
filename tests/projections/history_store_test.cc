#include "projections/history_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "projections/history.h"
#include "projections/history_columns.h"
#include "tests/projections/large_log.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

constexpr uint32_t kSeed = 7;
constexpr uint64_t kEvents = 2 * kEventsPerSegment + 1234;  // two full segments and a tail
const std::string kLedger(32, 'a');
const std::string kOtherLedger(32, 'b');

std::string ReadBytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteBytes(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Folded from the log alone.
History Fresh(const EventLog& log) {
  History history;
  const Status scanned = log.Scan(1, log.last_seq(), [&](EventView event) {
    history.Evolve(event);
    return true;
  });
  EXPECT_TRUE(scanned.ok());
  return history;
}

// The columns of both, one by one.
void ExpectSame(const History& a, const History& b) {
  EXPECT_EQ(a.position(), b.position());
  std::vector<const void*> columns;
  ForEachColumn(b, [&](const auto& column) { columns.push_back(&column); });
  size_t index = 0;
  ForEachColumn(a, [&](const auto& column) {
    const auto& other = *static_cast<const std::decay_t<decltype(column)>*>(columns[index]);
    EXPECT_TRUE(column == other) << "column " << index;
    ++index;
  });
}

void ExpectLoadsAsFresh(const EventLog& log) {
  auto loaded = History::Load(log);
  ASSERT_TRUE(loaded.ok()) << loaded.error().ToString();
  ExpectSame(**loaded, Fresh(log));
}

class HistoryStoreTest : public testing::Test {
 protected:
  static fs::path NewFolder() {
    std::string pattern = (fs::temp_directory_path() / "duebook-history-XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    return pattern;
  }
  static void SetUpTestSuite() {
    root_ = NewFolder();
    large_ = std::make_unique<LargeLog>(root_ / "ledger", kSeed, kLedger);
    large_->Grow(kEvents);
  }
  static void TearDownTestSuite() {
    large_.reset();
    fs::remove_all(root_);
  }
  void SetUp() override { fs::remove_all(Folder()); }

  static const EventLog& Log() { return large_->log(); }
  static fs::path Folder() { return Log().directory() / "history"; }
  static fs::path Segment(int index) { return Folder() / ("00000" + std::to_string(index) + ".segment"); }

  static fs::path root_;
  static std::unique_ptr<LargeLog> large_;
};

fs::path HistoryStoreTest::root_;
std::unique_ptr<LargeLog> HistoryStoreTest::large_;

TEST_F(HistoryStoreTest, LoadingPersistsFullSegmentsAndTheyReadBackAsTheFold) {
  ExpectLoadsAsFresh(Log());
  EXPECT_TRUE(fs::exists(Segment(0)) && fs::exists(Segment(1)));
  EXPECT_FALSE(fs::exists(Segment(2)));
  ExpectLoadsAsFresh(Log());
}

TEST_F(HistoryStoreTest, ExtendingPersistsTheSameSegmentsAsLoading) {
  ASSERT_TRUE(History::Load(Log()).ok());
  const std::string first = ReadBytes(Segment(0)), second = ReadBytes(Segment(1));
  fs::remove_all(Folder());
  ASSERT_TRUE(ExtendHistory(Log()).ok());
  EXPECT_EQ(ReadBytes(Segment(0)), first);
  EXPECT_EQ(ReadBytes(Segment(1)), second);
  EXPECT_FALSE(fs::exists(Segment(2)));
}

TEST_F(HistoryStoreTest, GrowsWithTheLog) {
  const fs::path folder = NewFolder();
  {
    LargeLog growing(folder / "ledger", kSeed + 1, kLedger);
    for (const uint64_t events : {uint64_t{10}, kEventsPerSegment - 11, uint64_t{1}, uint64_t{1}, kEventsPerSegment}) {
      growing.Grow(events);
      SCOPED_TRACE(growing.log().last_seq());
      ExpectLoadsAsFresh(growing.log());
      EXPECT_EQ(fs::exists(growing.log().directory() / "history/000000.segment"),
                growing.log().last_seq() >= kEventsPerSegment);
    }
  }
  fs::remove_all(folder);
}

TEST_F(HistoryStoreTest, DamagedSegmentsAreMadeAgain) {
  ASSERT_TRUE(ExtendHistory(Log()).ok());
  const std::string good[] = {ReadBytes(Segment(0)), ReadBytes(Segment(1))};
  const auto flip = [](std::string bytes, size_t at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    return bytes;
  };
  const size_t size = good[1].size();
  const struct {
    const char* damage;
    int segment;
    std::string bytes;
  } cases[] = {
      {"first byte", 0, flip(good[0], 0)},
      {"version", 1, flip(good[1], 8)},
      {"ledger", 1, flip(good[1], 16)},
      {"previous", 1, flip(good[1], 48)},
      {"last event", 1, flip(good[1], 80)},
      {"a column", 0, flip(good[0], good[0].size() / 2)},
      {"checksum", 1, flip(good[1], size - 1)},
      {"cut off", 1, good[1].substr(0, size / 2)},
      {"only a header", 1, good[1].substr(0, 112)},
      {"longer", 1, good[1] + "x"},
      {"empty", 0, ""},
      {"first in place of the second", 1, good[0]},
      {"second in place of the first", 0, good[1]},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.damage);
    WriteBytes(Segment(one.segment), one.bytes);
    ExpectLoadsAsFresh(Log());
    EXPECT_TRUE(ReadBytes(Segment(0)) == good[0]);
    EXPECT_TRUE(ReadBytes(Segment(1)) == good[1]);
  }
}

TEST_F(HistoryStoreTest, SegmentsOfAnotherLedgerOrAnotherPastAreNotTrusted) {
  const struct {
    const char* what;
    uint32_t seed;
    std::string ledger_id;
    uint64_t events;
  } cases[] = {
      {"the same events in another ledger", kSeed, kOtherLedger, kEvents},
      {"other events in a ledger of the same id", kSeed + 1, kLedger, kEvents},
      {"a longer log that begins alike", kSeed, kLedger, 4 * kEventsPerSegment},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    const fs::path folder = NewFolder();
    {
      LargeLog other(folder / "ledger", one.seed, one.ledger_id);
      other.Grow(one.events);
      ASSERT_TRUE(ExtendHistory(other.log()).ok());
    }
    fs::remove_all(Folder());
    fs::rename(folder / "ledger/history", Folder());
    ExpectLoadsAsFresh(Log());
    fs::remove_all(folder);
  }
}

TEST_F(HistoryStoreTest, LoadsWithoutPersistingWhereNothingCanBeWritten) {
  WriteBytes(Folder(), "a file where the folder should be");
  ExpectLoadsAsFresh(Log());
  EXPECT_TRUE(ExtendHistory(Log()).ok());
}

TEST_F(HistoryStoreTest, LoadsWithoutPersistingWhileAnotherProcessWrites) {
  fs::create_directory(Folder());
  const int other = open((Folder() / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(flock(other, LOCK_EX | LOCK_NB), 0);
  ExpectLoadsAsFresh(Log());
  EXPECT_FALSE(fs::exists(Segment(0)));
  close(other);
  ExpectLoadsAsFresh(Log());
  EXPECT_TRUE(fs::exists(Segment(0)));
}

TEST_F(HistoryStoreTest, VerifyNamesTheSegmentThatDiffersAndRebuildMendsIt) {
  ASSERT_TRUE(ExtendHistory(Log()).ok());
  auto fault = VerifyHistory(Log());
  ASSERT_TRUE(fault.ok());
  EXPECT_FALSE(fault->has_value());
  std::string bytes = ReadBytes(Segment(1));
  bytes[bytes.size() / 3] ^= 1;
  WriteBytes(Segment(1), bytes);
  fault = VerifyHistory(Log());
  ASSERT_TRUE(fault.ok() && fault->has_value());
  EXPECT_EQ((*fault)->file, Segment(1).string());
  ASSERT_TRUE(RebuildHistory(Log()).ok());
  fault = VerifyHistory(Log());
  ASSERT_TRUE(fault.ok());
  EXPECT_FALSE(fault->has_value());
}

TEST_F(HistoryStoreTest, ProgressEndsAtTheLastFullSegment) {
  std::vector<uint64_t> done;
  ASSERT_TRUE(ExtendHistory(Log(), [&](uint64_t events, uint64_t) { done.push_back(events); }).ok());
  EXPECT_EQ(done, (std::vector<uint64_t>{kEventsPerSegment, 2 * kEventsPerSegment}));
}

TEST_F(HistoryStoreTest, HistoryOfACustomerHasTheRowsOfTheWholeHistory) {
  auto whole = History::Load(Log());
  ASSERT_TRUE(whole.ok());
  const std::string customer((*whole)->customers.id[0]);
  auto mini = History::OfCustomers(Log(), {customer});
  ASSERT_TRUE(mini.ok()) << mini.error().ToString();
  std::vector<std::pair<uint64_t, Minor>> expected, actual;
  for (size_t i = 0; i < (*whole)->movements.seq.size(); ++i) {
    if ((*whole)->items.customer[(*whole)->movements.item[i]] != 0) continue;
    expected.emplace_back((*whole)->movements.seq[i], (*whole)->movements.amount[i]);
  }
  for (size_t i = 0; i < (*mini)->movements.seq.size(); ++i) {
    actual.emplace_back((*mini)->movements.seq[i], (*mini)->movements.amount[i]);
  }
  EXPECT_GT(expected.size(), 10U);
  EXPECT_EQ(actual, expected);
  EXPECT_EQ((*mini)->customers.seq.size(), 1U);
  EXPECT_EQ(History::OfCustomers(Log(), {customer, "nobody"}).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace duebook
