// A disk that fills: the import ends with a plain message, what was acknowledged is there, and when space is made the
// same import goes on to the same figures.

#include <algorithm>
#include <random>

#include "tests/support/small_disk.h"
#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr uint64_t kEvents = 24'000;
constexpr uint64_t kEnough = 64'000;  // kilobytes

class FullDisk : public HistoryTest {
 protected:
  FullDisk() { MakeHistory(kEvents); }

  // The lines acknowledged in a file of receipts, which may end in the middle of one.
  uint64_t AcknowledgedIn(const std::string& name) {
    const std::string receipts = Read(name);
    uint64_t acknowledged = 0;
    size_t start = 0;
    for (size_t end = 0; (end = receipts.find('\n', start)) != std::string::npos; start = end + 1) {
      acknowledged = Acknowledged(receipts.substr(start, end - start));
    }
    return acknowledged;
  }
};

// How many events a commit takes depends on how fast lines come, so that the first ones are recorded while there is
// room.
TEST_F(FullDisk, LosesNothingAcknowledgedAndTheImportGoesOn) {
  const uint32_t seed = TestSeed(20'261'124);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  for (uint64_t round = 0; round < TestRounds(6); round++) {
    const uint64_t first = 1 + random() % (kEvents / 2);
    const uint64_t kilobytes = 4 * (random() % 60);
    SCOPED_TRACE(fmt::format("round {}, {} KB left after {} lines", round, kilobytes, first));
    SmallDisk disk(folder_ / "ledger", kEnough);
    if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
    MakeLedger();
    Print(fmt::format("head -n {} history.jsonl | duebook import - --receipts >first", first));
    disk.LeaveRoom(kilobytes);
    const ShellResult import = Run("cat history.jsonl | duebook import - --receipts >receipts");
    EXPECT_EQ(import.status, 3) << import.err;
    EXPECT_THAT(import.err, AllOf(HasSubstr("No space left on device"),
                                  HasSubstr("free some space; nothing that was acknowledged is lost")));
    const uint64_t there = ExpectPrefix("ledger");
    EXPECT_GT(AcknowledgedIn("first"), 0U);
    EXPECT_GE(there, std::max(AcknowledgedIn("first"), AcknowledgedIn("receipts")));
    EXPECT_LT(there, kEvents);
    ExpectSound("ledger");
    ExpectReportsAsKnownAt(there, "ledger");
    disk.Resize(kEnough);
    ExpectImportGoesOn("ledger");
    if (HasFailure()) return;
  }
}

TEST_F(FullDisk, LeavesNothingOfALedgerThatCouldNotBeMade) {
  SmallDisk disk(folder_ / "disk", 16);
  if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
  const ShellResult init = Run("duebook init disk/books/ledger --company Acme --currency CNY");
  EXPECT_EQ(init.status, 3);
  EXPECT_THAT(init.err, HasSubstr("No space left on device"));
  EXPECT_EQ(Print("ls -A disk"), "");
  disk.Resize(kEnough);
  MakeLedger("disk/books/ledger");
}

TEST_F(FullDisk, OfReceiptsStopsTheImportBehindTheLastOne) {
  SmallDisk disk(folder_ / "out", 16);
  if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
  MakeLedger();
  const ShellResult import = Run("cat history.jsonl | duebook import - --receipts >out/receipts");
  EXPECT_EQ(import.status, 1);
  EXPECT_THAT(import.err, HasSubstr("duebook: cannot write standard output: No space left on device"));
  EXPECT_GT(AcknowledgedIn("out/receipts"), 0U);
  EXPECT_GE(ExpectPrefix("ledger"), AcknowledgedIn("out/receipts"));
  ExpectImportGoesOn("ledger");
}

// As a disk that is full: what is printed cannot be written.
TEST_F(FullDisk, AsAReaderOfReceiptsThatWentAwayHarmsNothing) {
  for (const std::string reader : {"| head -n 1", ">/dev/full"}) {
    MakeLedger();
    Run("cat history.jsonl | duebook import - --receipts " + reader);
    ExpectPrefix("ledger");
    ExpectImportGoesOn("ledger");
    Print("rm -r ledger");
  }
}

// Every other line cannot be recorded.
TEST_F(FullDisk, OfRefusedLinesStopsTheImportAndTheSameAgainKeepsThemAll) {
  SmallDisk disk(folder_ / "out", 100);
  if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
  Print(R"(sed 'p; s/"type":"[A-Za-z]*"/"type":"Nothing"/; s/"id":"/&x/' history.jsonl >mixed.jsonl)");
  MakeLedger("beside");
  EXPECT_EQ(Run("duebook --ledger beside import mixed.jsonl --rejects all.jsonl").status, 1);
  MakeLedger();
  const ShellResult import = Run("cat mixed.jsonl | duebook import - --rejects out/all.jsonl");
  EXPECT_EQ(import.status, 1);
  EXPECT_THAT(import.err, HasSubstr("duebook: cannot write out/all.jsonl"));
  EXPECT_THAT(import.err, HasSubstr("No space left on device"));
  EXPECT_LT(ExpectPrefix("ledger"), kEvents);
  ExpectSound("ledger");
  disk.Resize(kEnough);
  EXPECT_EQ(Run("duebook import mixed.jsonl --rejects out/all.jsonl").status, 1);
  for (const char* file : {"all.jsonl", "all.jsonl.reasons.csv"}) {
    EXPECT_TRUE(Read(std::string("out/") + file) == Read(file)) << file;
  }
  ExpectImportGoesOn("ledger");
}

}  // namespace
}  // namespace duebook
