// Several programs at one ledger: one writes, others are refused or read what is durable, and none harms another.

#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;

class ConcurrentPrograms : public HistoryTest {
 protected:
  ConcurrentPrograms() {
    MakeHistory(12'000);
    MakeLedger();
  }

  // The number after "known": in a report as JSON.
  static uint64_t KnownIn(const std::string& report) {
    const size_t at = report.find("\"known\":");
    return at == std::string::npos ? 0 : std::stoull(report.substr(at + 8));
  }
};

TEST_F(ConcurrentPrograms, SecondWriterIsRefusedAndTheFirstUnharmed) {
  Print("mkfifo rest");
  RunningProgram first = Start("duebook import <(cat history.jsonl rest) --receipts");
  for (uint64_t line = 1; line <= events_; line++) ASSERT_EQ(first.ReadLine(), fmt::format("{0} {0}", line));
  for (const std::string command : {"record NoteAdded id=n date=2025-01-01 text=x", "import history.jsonl"}) {
    const ShellResult second = Run("duebook " + command);
    EXPECT_EQ(second.status, 3) << command;
    EXPECT_THAT(second.err, HasSubstr("another process is writing to the ledger in ledger")) << command;
  }
  Print(R"(echo '{"type":"NoteAdded","id":"last","date":"2025-01-01","text":"x"}' >rest)");
  EXPECT_EQ(first.ReadLine(), fmt::format("{0} {0}", events_ + 1));
  EXPECT_EQ(first.Wait(), 0);
  ids_.push_back("last");
  EXPECT_EQ(ExpectPrefix("ledger"), events_ + 1);
  ExpectSound("ledger");
  Print("duebook record NoteAdded id=n date=2025-01-01 text=x");
}

// The import goes on while reports are made: until what it prints, and nobody reads, fills the pipe.
TEST_F(ConcurrentPrograms, ReaderSeesAllThatWasAcknowledgedAndNothingHalf) {
  RunningProgram import = Start("duebook import <(cat history.jsonl) --receipts");
  uint64_t acknowledged = 0;
  for (uint64_t stop = 1; stop < events_; stop += events_ / 6) {
    while (acknowledged < stop) {
      const auto receipt = import.ReadLine();
      ASSERT_TRUE(receipt.has_value());
      acknowledged = Acknowledged(*receipt);
    }
    for (const std::string report : {"balance", "aging", "open-items", "statement C1"}) {
      const std::string command = report + " --format json --effective 2025-12-31";
      const std::string seen = Print("duebook " + command);
      const uint64_t known = KnownIn(seen);
      EXPECT_GE(known, acknowledged) << command;
      const bool as_undisturbed =
          seen == Print(fmt::format("duebook --ledger undisturbed {} --known {}", command, known));
      EXPECT_TRUE(as_undisturbed) << command << " as known at " << known;
    }
    EXPECT_GE(ExpectPrefix("ledger"), acknowledged);
    ExpectSound("ledger");
    EXPECT_THAT(Print("duebook info"), HasSubstr("events"));
  }
  while (import.ReadLine().has_value()) continue;
  EXPECT_EQ(import.Wait(), 0);
  ExpectImportGoesOn("ledger");
}

TEST_F(ConcurrentPrograms, BackupIsWholeWhileAWriterWorks) {
  RunningProgram import = Start("duebook import <(cat history.jsonl) --receipts");
  uint64_t acknowledged = 0;
  for (uint64_t stop = 1; stop < events_; stop += events_ / 5) {
    while (acknowledged < stop) {
      const auto receipt = import.ReadLine();
      ASSERT_TRUE(receipt.has_value());
      acknowledged = Acknowledged(*receipt);
    }
    Print("duebook --ledger ledger backup copy");
    EXPECT_GE(ExpectPrefix("copy"), acknowledged);
    ExpectSound("copy");
  }
  while (import.ReadLine().has_value()) continue;
  EXPECT_EQ(import.Wait(), 0);
  EXPECT_THAT(Print("duebook --ledger ledger backup copy --full"),
              HasSubstr("which has all 12000 now, each read again"));
  EXPECT_EQ(Print("duebook --ledger copy info | grep ^root"), Print("duebook --ledger ledger info | grep ^root"));
  ExpectReportsAsKnownAt(events_, "copy");
}

}  // namespace
}  // namespace duebook
