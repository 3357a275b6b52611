// Columns of the history on a disk that takes no more at any moment: what there is of them is of use, or there are
// none.

#include "projections/history/history_track.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "projections/history/history.h"
#include "projections/history/stored_history.h"
#include "tests/support/forged_columns.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

constexpr FoldSizes kShort{128, 32, {1024, 4096}, 4096};
constexpr uint64_t kEvents = 1'500;

// While it lives, no file of this process gets longer than that.
class ShortFiles {
 public:
  explicit ShortFiles(uint64_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit shorter{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &shorter);
  }
  ~ShortFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    static_cast<void>(std::signal(SIGXFSZ, handler_));
  }
  ShortFiles(const ShortFiles&) = delete;
  ShortFiles& operator=(const ShortFiles&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

class HistoryTrackTest : public testing::Test {
 protected:
  HistoryTrackTest() {
    std::vector<MadeCommand> commands = ListOf(OpenCustomer("A"));
    for (uint64_t n = 2; n <= kEvents; n++) commands.push_back(ReceivePayment("A", n));
    CHECK(folder_.Open()->Record(commands).ok());
    log_ = folder_.OpenForReading();
    CHECK(log_->last_seq() == kEvents);
  }

  // Keeps the columns up with the events up to this one, in a process of its own as it were.
  Status KeepUpTo(uint64_t last) {
    HistoryTrack track(*log_, kShort);
    RETURN_IF_ERROR(track.Resume());
    Status added;
    RETURN_IF_ERROR(log_->Scan(track.position() + 1, last, [&](EventView event) {
      added = track.Add(event);
      return added.ok();
    }));
    RETURN_IF_ERROR(added);
    return track.kept() < track.position() ? track.Keep() : Status();
  }

  // Loads the columns, and compares them with the log.
  void ExpectOfUse(const std::string& when) {
    SCOPED_TRACE(when);
    const auto stored = LoadStoredHistory(*log_, kAllHistoryParts);
    ASSERT_TRUE(stored.ok()) << stored.error().ToString();
    const GrowingHistory& history = *stored->history;
    ASSERT_EQ(history.items.seq.size(), history.position() == 0 ? 0 : history.position() - 1);
    for (size_t row = 0; row < history.items.seq.size(); row++) {
      ASSERT_EQ(history.items.seq[row], row + 2);
      ASSERT_EQ(history.items.amount[row], static_cast<Minor>(100 * (row + 2)));
      ASSERT_EQ(history.items.number[row], fmt::format("P{}", row + 2));
    }
  }

  LedgerFolder folder_;
  std::unique_ptr<EventLog> log_;
};

TEST_F(HistoryTrackTest, AWriteThatFailsAnywhereLeavesWhatIsOfUse) {
  size_t failed = 0;
  for (uint64_t bytes = 0; bytes < 60'000; bytes = bytes * 5 / 4 + 101) {
    const std::string when = fmt::format("no file is longer than {} bytes", bytes);
    fs::remove_all(folder_.path() / kDerivedFolder);
    for (const uint64_t synced : {uint64_t{0}, uint64_t{200}}) {
      if (synced > 0) ASSERT_TRUE(KeepUpTo(synced).ok());
      {
        const ShortFiles limit(bytes);
        failed += KeepUpTo(kEvents).ok() ? 0 : 1;
      }
      ExpectOfUse(when);
      const Status kept = KeepUpTo(kEvents);
      ASSERT_TRUE(kept.ok()) << when << kept.error().ToString();
      ExpectOfUse(when + ", and then it was kept");
      EXPECT_EQ(HistoryTrack(*log_, kShort).KeptTo(), kEvents) << when;
      fs::remove_all(folder_.path() / kDerivedFolder);
    }
  }
  EXPECT_GT(failed, 20U);
}

// As a process does that is killed: all is there as long as the machine runs, and nobody relies on that any longer.
TEST_F(HistoryTrackTest, WhatWasNotSyncedIsKeptOnceMore) {
  ASSERT_TRUE(KeepUpTo(128).ok());
  {
    HistoryTrack track(*log_, kShort);
    ASSERT_TRUE(track.Resume().ok());
    ASSERT_TRUE(log_->Scan(129, 200, [&](EventView event) { return track.Add(event).ok(); }).ok());
    EXPECT_EQ(track.kept(), 128U);
  }
  HistoryTrack track(*log_, kShort);
  EXPECT_EQ(track.KeptTo(), 128U);
  ASSERT_TRUE(track.Resume().ok());
  EXPECT_EQ(track.position(), 192U);
  EXPECT_EQ(track.kept(), 128U);
  ASSERT_TRUE(track.Keep().ok());
  EXPECT_EQ(HistoryTrack(*log_, kShort).KeptTo(), 192U);
}

// The log was put back to an earlier state, and what is beside it was not.
TEST_F(HistoryTrackTest, ColumnsThatAreAheadOfTheLogAreWrittenAnew) {
  ASSERT_TRUE(KeepUpTo(kEvents).ok());
  const LedgerFolder earlier;
  std::vector<MadeCommand> commands = ListOf(OpenCustomer("A"));
  for (uint64_t n = 2; n <= 300; n++) commands.push_back(ReceivePayment("A", n));
  ASSERT_TRUE(earlier.Open()->Record(commands).ok());
  const auto all = std::exchange(log_, earlier.OpenForReading());
  const auto put_there = [&] {
    const fs::path from = all->directory() / kDerivedFolder / kStoredHistory.name;
    const fs::path to = log_->directory() / kDerivedFolder / kStoredHistory.name;
    fs::create_directories(to);
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    // Of this ledger, whose events are others.
    ColumnHead head = (*ReadColumnHeads(to))->head;
    head.ledger_id = log_->identity().ledger_id;
    for (ColumnMark& mark : head.marks) {
      if (mark.position == 0 || mark.position > log_->last_seq()) continue;
      mark.last_leaf = LeafHash(log_->Get(mark.position)->view().bytes());
    }
    WriteColumnHeads(to, head);
  };
  put_there();
  EXPECT_EQ(HistoryTrack(*log_, kShort).KeptTo(), 0U);
  ExpectOfUse("set back");
  ASSERT_TRUE(KeepUpTo(300).ok());
  ExpectOfUse("written anew");
  EXPECT_EQ(HistoryTrack(*log_, kShort).KeptTo(), 300U);
}

}  // namespace
}  // namespace duebook
