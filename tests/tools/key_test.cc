// Ledgers whose key was changed or lost, with the built program: backups across the change, keys that lie elsewhere,
// and what is left of a change that was cut off.

#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kPublicKey = "$(duebook info | sed -n 's/^public_key *//p')";

class KeyTest : public HistoryTest {
 protected:
  KeyTest() { MakeSmallCompany(); }

  std::string PublicKeyNow() { return Print(fmt::format("printf %s \"{}\"", kPublicKey)); }
  void Close(const std::string& id, const std::string& through, const std::string& options = "") {
    Print(fmt::format("duebook {} record PeriodClosed date=2025-06-30 id={} through={}", options, id, through));
  }
  void ExpectSigned(const std::string& options = "") {
    const ShellResult verified = Run("duebook verify " + options);
    EXPECT_EQ(verified.status, 0) << verified.err;
  }
};

TEST_F(KeyTest, BackupsGoOnAcrossAChangeAndTakeTheNewKey) {
  Close("x1", "2024-11-30");
  Print("duebook backup copy");
  Print("duebook key rotate --date 2025-06-30");
  Close("x2", "2024-12-31");
  Print("duebook backup copy");
  EXPECT_EQ(Print("cmp ledger/key copy/key && ls copy && stat -c %a copy/key"),
            "END\nFORMAT\ncheckpoints\nkey\nstore\n600\n");
  Print("duebook --ledger copy verify && duebook restore copy restored && duebook --ledger restored verify");
  Print("duebook --ledger restored record PeriodClosed date=2025-06-30 id=x3 through=2025-01-31");
  Print("duebook --ledger restored verify && duebook --ledger restored key rotate --date 2025-06-30");
  // As before the change: the first key is in no copy any more.
  EXPECT_THAT(Print("duebook restore copy before --to-seq 13"), HasSubstr("the private key is not in it"));
  Print("duebook --ledger before verify");
  Print("duebook --ledger before key lost --date 2025-06-30 --reason 'restored to before the change'");
  EXPECT_THAT(Print("duebook --ledger before verify"), HasSubstr("nobody signed that"));
}

TEST_F(KeyTest, CheckpointsSignedLaterStayBehindInACopyOfBefore) {
  Print("mv ledger/key elsewhere");
  Close("x1", "2024-12-31");
  Print("duebook key lost --date 2025-06-30 --reason lost && duebook checkpoint --keep && duebook verify");
  EXPECT_THAT(Print("duebook restore ledger before --to-seq 13"), HasSubstr("event 13 closes a period"));
  EXPECT_THAT(Run("duebook --ledger before verify").err, HasSubstr("found missing: event 13 closes a period"));
  Print("duebook --ledger before --key-file elsewhere checkpoint --keep && duebook --ledger before verify");
}

TEST_F(KeyTest, AKeyElsewhereIsChangedWhereItLies) {
  const std::string first = PublicKeyNow();
  Print("mkdir safe && mv ledger/key safe/ours && cp safe/ours old");
  Print("duebook --key-file safe/ours key rotate --date 2025-06-30");
  EXPECT_NE(PublicKeyNow(), first);
  EXPECT_EQ(Print("ls safe; stat -c %a safe/ours; ls ledger"), "ours\n600\nEND\nFORMAT\ncheckpoints\nstore\n");
  Close("x1", "2024-12-31", "--key-file safe/ours");
  ExpectSigned("--key '" + first + "'");
  for (const std::string command :
       {"record NoteAdded date=2025-06-30 text=x", "checkpoint", "key rotate --date 2025-06-30"}) {
    const ShellResult refused = Run("duebook --key-file old " + command);
    EXPECT_EQ(refused.status, 3) << command;
    EXPECT_THAT(refused.err, HasSubstr("the key in old was the ledger's until event 13; its present one, "));
  }
  Print("cp safe/ours bare && duebook --key-file bare key rotate --date 2025-06-30 && mv bare safe/ours");
  Print("rm safe/ours");
  Print(
      "duebook --key-file safe/ours key lost --date 2025-06-30 --reason lost && test -e safe/ours && test ! -e "
      "ledger/key");
  Close("x2", "2025-01-31", "--key-file safe/ours");
  ExpectSigned();
}

TEST_F(KeyTest, AnEarlierKeyInTheFolderSignsNothingAndStopsNothing) {
  Print("cp ledger/key old && duebook key rotate --date 2025-06-30 && cp ledger/key new && cp old ledger/key");
  const ShellResult closed = Run("duebook record PeriodClosed date=2025-06-30 id=x1 through=2024-12-31");
  EXPECT_EQ(closed.status, 0);
  EXPECT_THAT(closed.err, HasSubstr("no checkpoint of the first 14 events is kept"));
  EXPECT_EQ(Run("duebook verify").status, 1);
  EXPECT_THAT(Print("duebook key"), HasSubstr("the key in ledger/key was the ledger's until event 13"));
  Print("duebook backup copy");
  EXPECT_EQ(Run("test -e copy/key").status, 1);
  Print("mv new ledger/key && duebook checkpoint --keep && duebook verify && duebook backup copy && test -e copy/key");
}

TEST_F(KeyTest, AChangeThatWasCutOffIsFinishedByTheNextWriter) {
  Print(
      "cp ledger/key old && duebook key rotate --date 2025-06-30 && mv ledger/key ledger/key.new && cp old ledger/key");
  for (const std::string reading : {"verify", "checkpoint", "prove 1", "backup copy", "key"}) {
    const ShellResult result = Run("duebook " + reading);
    EXPECT_EQ(result.status, 0) << reading << result.err;
    EXPECT_THAT(result.out, Not(HasSubstr("private key is not"))) << reading;
  }
  EXPECT_EQ(Run("cmp ledger/key.new copy/key").status, 0);
  Close("x1", "2024-12-31");
  EXPECT_EQ(Run("test -e ledger/key.new").status, 1);
  ExpectSigned();
  // One that never came into force is written over.
  Print("cp old ledger/key.new && duebook key rotate --date 2025-06-30");
  EXPECT_EQ(Run("test -e ledger/key.new").status, 1);
  ExpectSigned();
}

// The present key lies where the next one would.
TEST_F(KeyTest, AFurtherChangeFinishesTheOneThatWasCutOffFirst) {
  Close("x1", "2024-12-31");
  Print("cp ledger/key old && duebook key rotate --date 2025-06-30");
  for (const std::string command :
       {"key rotate --date 2024-12-31", "key lost --date 2025-06-30 --reason lost", "key rotate --date 2025-06-30"}) {
    SCOPED_TRACE(command);
    Print("cp ledger/key present && mv ledger/key ledger/key.new && cp old ledger/key");
    const ShellResult result = Run("duebook " + command);
    if (command == "key rotate --date 2025-06-30") {
      EXPECT_EQ(result.status, 0) << result.err;
    } else {
      EXPECT_EQ(result.status, 1) << result.err;
      EXPECT_EQ(Run("cmp present ledger/key").status, 0);
    }
    EXPECT_EQ(Run("test -e ledger/key.new").status, 1);
    Print("duebook checkpoint --keep");
    ExpectSigned();
  }
}

TEST_F(KeyTest, ThePresentKeyIsNotWrittenOverWhereItCannotBePutInPlace) {
  Close("x1", "2024-12-31");
  Print("mv ledger/key ledger/key.new && mkdir -p ledger/key/in-the-way && cp ledger/key.new present");
  for (const std::string command : {"key rotate --date 2024-12-31", "key rotate --date 2025-06-30"}) {
    EXPECT_EQ(Run("duebook " + command).status, 3) << command;
    EXPECT_EQ(Run("cmp present ledger/key.new").status, 0) << command;
  }
  Print("rm -r ledger/key && duebook key rotate --date 2025-06-30");
  ExpectSigned();
}

TEST_F(KeyTest, AFileThatOthersMayReadIsSaidOnceByEachCommand) {
  Print("chmod 644 ledger/key");
  for (const std::string command : {"checkpoint --keep", "key rotate --date 2025-06-30"}) {
    EXPECT_EQ(Print("duebook " + command + " 2>&1 >/dev/null | grep -c 'is open to others than its owner'"), "1\n")
        << command;
  }
}

TEST_F(KeyTest, AnEmptyPublicKeyIsNoKey) {
  Print("duebook checkpoint --output signed");
  for (const std::string command : {"verify", "checkpoint --check signed"}) {
    EXPECT_EQ(Run("duebook " + command).status, 0) << command;
    EXPECT_EQ(Run("duebook " + command + " --key ''").status, 2) << command;
  }
}

TEST_F(KeyTest, ARefusedChangeLeavesTheKeyAsItWas) {
  Print("duebook record RoleGranted date=2025-01-01 user=bob role=administrator");
  Close("x1", "2024-12-31");
  const std::string key = Print("md5sum ledger/key");
  const ShellResult closed = Run("duebook key rotate --date 2024-12-31");
  EXPECT_EQ(closed.status, 1);
  EXPECT_THAT(closed.err, HasSubstr("period_closed"));
  EXPECT_EQ(Run("duebook key rotate --date soon").status, 1);
  EXPECT_EQ(Print("md5sum ledger/key; ls ledger"), key + "END\nFORMAT\ncheckpoints\nkey\nstore\n");
  Print("rm ledger/key");
  const ShellResult refused = Run("duebook key lost --date 2025-06-30 --reason lost --actor ann");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("missing_role"));
  EXPECT_EQ(Print("ls ledger"), "END\nFORMAT\ncheckpoints\nstore\n");
  Print("duebook key lost --date 2025-06-30 --reason lost --actor bob");
  ExpectSigned();
}

TEST_F(KeyTest, AKeyThatIsInTheFolderIsNotLostForWhoeverNamesAnotherPlace) {
  const ShellResult lost = Run("duebook --key-file elsewhere key lost --date 2025-06-30 --reason lost");
  EXPECT_EQ(lost.status, 1);
  EXPECT_THAT(lost.err, HasSubstr("the key is not lost: it is in ledger/key"));
  EXPECT_EQ(Run("test -e elsewhere.new || test -e elsewhere").status, 1);
}

TEST_F(KeyTest, WhatMayBeSomebodysKeyIsNotReplaced) {
  MakeLedger("other");
  Print("cp other/key ledger/key");
  const ShellResult lost = Run("duebook key lost --date 2025-06-30 --reason lost");
  EXPECT_EQ(lost.status, 3);
  EXPECT_THAT(lost.err, HasSubstr("is not that of this ledger"));
  EXPECT_EQ(Run("cmp other/key ledger/key").status, 0);
}

TEST_F(KeyTest, AnExportIsImportedAgainWithoutTheKeysOfTheOtherLedger) {
  Print("duebook key rotate --date 2025-06-30 && duebook events --format jsonl >all.jsonl");
  EXPECT_THAT(Print("duebook import all.jsonl"), HasSubstr("13 already there, 0 refused"));
  MakeLedger("other");
  const ShellResult imported = Run("duebook --ledger other import all.jsonl");
  EXPECT_EQ(imported.status, 1);
  EXPECT_THAT(imported.out, HasSubstr("12 events recorded, 0 already there, 1 refused"));
  EXPECT_THAT(imported.err, HasSubstr("all.jsonl:13: signature: bad_signature"));
  EXPECT_EQ(Run("duebook --ledger other verify").status, 0);
}

}  // namespace
}  // namespace duebook
