// The folder of a ledger copied file by file while it is written to, as by somebody who knows no better than `cp`: a
// copy is right or it is refused, never silently wrong.

#include <random>

#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

constexpr uint64_t kEvents = 16'000;
constexpr uint64_t kParts = 4;  // each is imported by itself, and goes into tables at its end

class CopiedFolder : public HistoryTest {
 protected:
  CopiedFolder() {
    MakeHistory(kEvents);
    Print(fmt::format("split --lines {} history.jsonl part-", kEvents / kParts));
  }

  // Whether the copy can be used; if not, that it is damaged must have been said.
  bool IsUsable(const std::string& copy) {
    const ShellResult info = Run(fmt::format("duebook --ledger {} info", copy));
    if (info.status == 0) return true;
    EXPECT_EQ(info.status, 3) << info.err;
    EXPECT_THAT(info.err, AnyOf(HasSubstr("is damaged"), HasSubstr("there is no ledger"))) << info.err;
    const ShellResult verified = Run(fmt::format("duebook --ledger {} verify", copy));
    EXPECT_NE(verified.status, 0);
    return false;
  }

  void ExpectRight(const std::string& copy, uint64_t acknowledged) {
    const uint64_t there = ExpectPrefix(copy);
    EXPECT_GE(there, acknowledged);
    ExpectSound(copy);
    ExpectReportsAsKnownAt(there, copy);
  }
};

TEST_F(CopiedFolder, IsRightOrRefused) {
  const uint32_t seed = TestSeed(20'261'125);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  MakeLedger();
  RunningProgram imports =
      Start("bash -c 'for part in part-*; do duebook import <(cat $part) --receipts || exit; done'");
  uint64_t usable = 0;
  uint64_t acknowledged = 0;
  const uint64_t copies = TestRounds(12);
  for (uint64_t copy = 0; copy < copies; copy++) {
    // Every third time as a part is at its end, else anywhere in the next stretch.
    const uint64_t part = kEvents / kParts;
    const uint64_t until =
        copy % 3 == 2 ? (acknowledged / part + 1) * part : acknowledged + 1 + random() % (2 * kEvents / copies);
    while (acknowledged < std::min(until, kEvents)) {
      const auto receipt = imports.ReadLine();
      ASSERT_TRUE(receipt.has_value());
      acknowledged++;
    }
    const std::string name = fmt::format("copy-{}", copy);
    SCOPED_TRACE(fmt::format("{}, made after event {} was acknowledged", name, acknowledged));
    const bool whole = Run(fmt::format("cp -a ledger {}", name)).status == 0;
    if (!IsUsable(name)) continue;
    usable++;
    ExpectRight(name, whole ? acknowledged : 0);
  }
  while (imports.ReadLine().has_value()) continue;
  EXPECT_EQ(imports.Wait(), 0);
  EXPECT_GT(usable, 0U);
  ExpectImportGoesOn("ledger");
}

}  // namespace
}  // namespace duebook
