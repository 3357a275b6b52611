// Ledgers that may be read and not written to: reports are made of them as of any other, and whoever would write is
// told why he cannot.

#include <unistd.h>

#include "tests/support/small_disk.h"
#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr uint64_t kEvents = 3'000;

class ReadOnly : public HistoryTest {
 protected:
  ReadOnly() { MakeHistory(kEvents); }

  // `as` goes before each command.
  void ExpectReports(const std::string& as = "") {
    size_t expected = 0;
    for (const char* report : kReports) {
      EXPECT_EQ(Print(fmt::format("{} duebook {}", as, report)), reports_[expected++]) << report;
    }
    EXPECT_THAT(Print(as + " duebook info"), HasSubstr(std::to_string(kEvents)));
    EXPECT_THAT(Print(as + " duebook verify"), HasSubstr("verified"));
  }
  void ExpectWritersRefused(const std::string& why, const std::string& as = "") {
    for (const std::string command : {"import history.jsonl", "record NoteAdded id=n date=2025-01-01 text=x"}) {
      const ShellResult refused = Run(as + " duebook " + command);
      EXPECT_EQ(refused.status, 3) << command;
      EXPECT_THAT(refused.err, AllOf(HasSubstr("duebook: cannot open the ledger in ledger"), HasSubstr(why)))
          << command;
      EXPECT_EQ(refused.out, "") << command;
    }
  }
};

TEST_F(ReadOnly, DiskGivesReportsAndRefusesWriters) {
  SmallDisk disk(folder_ / "ledger", 64'000);
  if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
  Print("cp -a undisturbed/. ledger");
  disk.MakeReadOnly();
  ExpectReports();
  ExpectWritersRefused("Read-only file system");
  const ShellResult refused = Run("duebook balance --output ledger/balance.csv");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("Read-only file system"));
  disk.MakeWritable();
  ExpectImportGoesOn("ledger");
}

TEST_F(ReadOnly, DiskTakesNoNewLedger) {
  SmallDisk disk(folder_ / "disk", 64'000);
  if (!disk.why_not().empty()) GTEST_SKIP() << disk.why_not();
  disk.MakeReadOnly();
  const ShellResult refused = Run("duebook init disk/ledger --company Acme --currency CNY");
  EXPECT_EQ(refused.status, 3);
  EXPECT_THAT(refused.err, HasSubstr("Read-only file system"));
}

// Somebody who is not root.
class ReadOnlyFolder : public ReadOnly {
 protected:
  ReadOnlyFolder() {
    if (::geteuid() == 0) other_ = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    Print("chmod 755 . && cp -a undisturbed ledger");
  }
  ~ReadOnlyFolder() override { Run("chmod -R u+rwx ledger"); }

  bool CanBeOther() { return Run(other_ + " duebook --version").status == 0; }

  std::string other_;
};

TEST_F(ReadOnlyFolder, GivesReportsAndRefusesWriters) {
  if (!CanBeOther()) GTEST_SKIP() << "root cannot run the program as somebody else here";
  Print("chmod -R a-w,a+rX ledger");
  ExpectReports(other_);
  ExpectWritersRefused("Permission denied", other_);
}

TEST_F(ReadOnlyFolder, ThatMayNotEvenBeReadIsNotSaidToBeMissing) {
  if (!CanBeOther()) GTEST_SKIP() << "root cannot run the program as somebody else here";
  for (const std::string closed : {"ledger", "ledger/FORMAT", "ledger/store"}) {
    Print("chmod 000 " + closed);
    for (const std::string command : {"balance", "import history.jsonl"}) {
      const ShellResult refused = Run(other_ + " duebook " + command);
      EXPECT_EQ(refused.status, 3) << closed;
      EXPECT_THAT(refused.err, AllOf(HasSubstr("Permission denied"), Not(HasSubstr("there is no ledger")),
                                     Not(HasSubstr("damaged"))))
          << closed;
    }
    Print("chmod 755 " + closed);
  }
}

}  // namespace
}  // namespace duebook
