// A process that may open few files or use little memory: each command works, or says plainly what it lacks, and
// nothing is damaged or lost.

#include "tests/support/sanitized.h"
#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

constexpr uint64_t kEvents = 6'000;
constexpr const char* kNeedsFiles = "sanitizers open files themselves, and fail if they cannot";

class ProcessLimits : public HistoryTest {
 protected:
  ProcessLimits() { MakeHistory(kEvents); }

  // Runs the command under the limit, with the history as its input. Whether it worked; if not, it must have said
  // `why`.
  bool Works(const std::string& limit, const std::string& command, const testing::Matcher<std::string>& why) {
    const ShellResult result = Run(fmt::format("cat history.jsonl | ({}; exec duebook {}) >output", limit, command));
    if (result.status == 0) return true;
    EXPECT_EQ(result.status, 3) << limit << ": " << command;
    EXPECT_THAT(result.err, why) << limit << ": " << command;
    return false;
  }

  // Makes a ledger and imports to it under the limit, then makes reports, and in the end goes on without it. Whether
  // everything worked under the limit.
  bool LivesWith(const std::string& limit, const testing::Matcher<std::string>& why) {
    SCOPED_TRACE(limit);
    Print("rm -rf ledger");
    bool all = Works(limit, "init ledger --company Acme --currency CNY", why);
    if (!all) {
      Print("rm -rf ledger");
      MakeLedger();
    }
    all &= Works(limit, "import - --receipts", why);
    const std::string receipts = Read("output");
    EXPECT_GE(ExpectPrefix("ledger"), std::count(receipts.begin(), receipts.end(), '\n'));
    for (const std::string command : {"balance", "verify"}) {
      all &= Works(limit, command, why);
    }
    ExpectImportGoesOn("ledger");
    return all;
  }
};

TEST_F(ProcessLimits, FewOpenFilesAreEnoughOrItIsSaid) {
  if (kSanitized) GTEST_SKIP() << kNeedsFiles;
  const auto why = AllOf(HasSubstr("Too many open files"), HasSubstr("allow the process more of them (`ulimit -n`)"));
  EXPECT_FALSE(Works("ulimit -n 8", "init new --company Acme --currency CNY", why));
  EXPECT_EQ(Print("ls -d new 2>/dev/null || true"), "") << "something is left of a ledger that could not be made";
  EXPECT_FALSE(LivesWith("ulimit -n 8", why));
  for (const int files : {10, 12}) LivesWith(fmt::format("ulimit -n {}", files), why);
  EXPECT_TRUE(LivesWith("ulimit -n 64", why));
}

// What may be had is taken.
TEST_F(ProcessLimits, OpenFilesThatMayBeHadNeedNotBeAskedFor) {
  if (kSanitized) GTEST_SKIP() << kNeedsFiles;
  EXPECT_TRUE(LivesWith("ulimit -S -n 8", HasSubstr("never")));
}

TEST_F(ProcessLimits, LittleMemoryIsEnoughOrItIsSaid) {
  if (kSanitized) GTEST_SKIP() << "sanitizers take more address space than any limit";
  const auto why = AllOf(AnyOf(HasSubstr("gets no more memory"), HasSubstr("gets no more threads")),
                         HasSubstr("what was acknowledged is recorded; allow it more"));
  uint64_t failed = 0;
  for (const int megabytes : {40, 52, 64, 80}) {
    failed += LivesWith(fmt::format("ulimit -s 256; ulimit -v {}", megabytes * 1024), why) ? 0 : 1;
  }
  EXPECT_GT(failed, 0U) << "the memory was never too little";
  EXPECT_TRUE(LivesWith(fmt::format("ulimit -v {}", 2 << 20), why));
}

}  // namespace
}  // namespace duebook
