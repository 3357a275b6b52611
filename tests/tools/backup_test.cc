// Backups, and ledgers restored from them, with the built program.

#include "ledger/log/framed/layout.h"
#include "tests/support/raw_store.h"
#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Backup : public HistoryTest {
 protected:
  // What `info` says on one line: "root", "events".
  std::string Info(const std::string& ledger, const std::string& name) {
    return Print(fmt::format("duebook --ledger {} info | awk '$1 == \"{}\" {{ print $2 }}'", ledger, name));
  }
  void ExpectRefused(const std::string& command, const std::string& why) {
    const ShellResult refused = Run("duebook " + command);
    EXPECT_NE(refused.status, 0) << command;
    EXPECT_THAT(refused.err, HasSubstr(why)) << command;
  }
};

TEST_F(Backup, RestoresToAnyEvent) {
  MakeHistory(3'000);
  Print("duebook --ledger undisturbed backup copy");
  for (const uint64_t seq : {0, 1, 128, 1'000, 2'999, 3'000}) {
    Print("rm -rf restored");
    EXPECT_THAT(Print(fmt::format("duebook restore copy restored --to-seq {}", seq)),
                StartsWith(fmt::format("restored {} of 3000 events to restored", seq)));
    EXPECT_EQ(ExpectPrefix("restored"), seq);
    ExpectSound("restored");
    if (seq > 0) ExpectReportsAsKnownAt(seq, "restored");
    EXPECT_EQ(Info("restored", "public_key"), Info("undisturbed", "public_key"));
  }
  ExpectImportGoesOn("restored");
}

TEST_F(Backup, RestoredLedgerGoesOn) {
  MakeHistory(2'000);
  Print("duebook restore undisturbed restored --to-seq 777");
  ExpectImportGoesOn("restored");
  Print("duebook --ledger restored checkpoint >signed");
  Print("duebook --ledger restored checkpoint --check signed");
}

TEST_F(Backup, RestoresToAnyMomentItsEndIncluded) {
  MakeSmallCompany();
  const std::string time = "$(duebook events --format csv --from-seq 12 --to-seq 12 | tail -1 | cut -d, -f2)";
  Print("duebook record NoteAdded id=later date=2025-03-01 text=x");
  Print(fmt::format("duebook restore ledger then --to-time {}", time));
  EXPECT_EQ(Info("then", "events"), "12\n");
  const ShellResult before = Run("duebook restore ledger before --to-time 2001-01-01");
  EXPECT_EQ(before.status, 0);
  EXPECT_THAT(before.err, HasSubstr("--to-time 2001-01-01: the first event of ledger was recorded at 2"));
  EXPECT_EQ(Info("before", "events"), "0\n");
  Print("duebook restore ledger day --to-time $(date -u +%F -d tomorrow)");
  EXPECT_EQ(Info("day", "events"), "13\n");
  ExpectRefused("restore ledger never --to-time soon", "--to-time soon is no time");
  ExpectRefused("restore ledger never --to-seq 14", "--to-seq 14: ledger has 13 events");
  EXPECT_EQ(Print("ls -d never 2>/dev/null || true"), "");
}

TEST_F(Backup, NothingIsEverOverwritten) {
  MakeSmallCompany();
  MakeLedger("other");
  Print("mkdir full && echo mine >full/file && duebook backup copy && duebook restore copy mine");
  const std::string taken_as_they_are = "md5sum full/file $(find other mine -type f)";
  const std::string before = Print(taken_as_they_are);
  for (const std::string taken : {"other", "full", "mine", "ledger", "copy"}) {
    ExpectRefused("restore copy " + taken, taken + " is not an empty folder");
  }
  ExpectRefused("backup other", "other is another ledger, of Acme");
  ExpectRefused("backup mine", "mine is a ledger of its own, no backup");
  ExpectRefused("backup ledger", "ledger");
  ExpectRefused("backup full", "full is neither empty nor a backup");
  EXPECT_EQ(Print(taken_as_they_are), before);
  Print("mkdir empty && duebook restore copy empty && duebook --ledger empty verify");
}

TEST_F(Backup, TakesNothingFromALedgerThatWasCutBackOrChanged) {
  MakeSmallCompany();
  Print("cp -r ledger earlier && duebook record NoteAdded id=n1 date=2025-03-01 text=x && duebook backup copy");
  const std::string root = Info("copy", "root");
  const ShellResult cut = Run("duebook --ledger earlier backup copy");
  EXPECT_EQ(cut.status, 1);
  EXPECT_THAT(cut.err, HasSubstr("event 13: the ledger ends before it"));
  Print("for i in 2 3; do duebook --ledger earlier record NoteAdded id=n$i date=2025-03-01 text=y; done");
  const ShellResult changed = Run("duebook --ledger earlier backup copy");
  EXPECT_EQ(changed.status, 1);
  EXPECT_THAT(changed.err, HasSubstr("one of the two was changed"));
  EXPECT_EQ(Info("copy", "root"), root);
  ExpectSound("copy");
}

TEST_F(Backup, TakesNoEventThatWasChanged) {
  MakeSmallCompany();
  Print("duebook backup copy && duebook record NoteAdded id=n1 date=2025-03-01 text=unchanged");
  {
    RawStore store(folder_ / "ledger");
    std::string frame = store.Entries("log").at(SeqKey(13));
    frame.replace(frame.find("unchanged"), 9, "rewritten");
    store.Put("log", SeqKey(13), frame);  // RocksDB's checksums are made anew
    store.Compact("log");
  }
  const ShellResult backup = Run("duebook backup copy");
  EXPECT_EQ(backup.status, 1);
  EXPECT_THAT(backup.err, HasSubstr("event 13: it was changed"));
  EXPECT_EQ(Info("copy", "events"), "12\n");
  ExpectSound("copy");
}

TEST_F(Backup, IsForReadingOnly) {
  MakeSmallCompany();
  Print("duebook backup copy");
  EXPECT_EQ(Print("duebook --ledger copy aging --effective 2025-03-01"), Print("duebook aging --effective 2025-03-01"));
  Write("one.jsonl", R"({"type":"NoteAdded","id":"n","date":"2025-01-01","text":"x"})");
  for (const std::string command : {"record NoteAdded id=n date=2025-01-01 text=x", "import one.jsonl"}) {
    const ShellResult refused = Run("duebook --ledger copy " + command);
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, HasSubstr("nothing is recorded in it; make a ledger of it with `duebook restore`"));
  }
  ExpectRefused("--ledger copy checkpoint --keep", "is a backup");
  Print("duebook record NoteAdded id=n date=2025-03-01 text=x && duebook backup copy");
  ExpectSound("copy");
  EXPECT_EQ(Info("copy", "events"), "13\n");
}

TEST_F(Backup, HasTheKeyForItsOwnerAlone) {
  MakeSmallCompany();
  Print("duebook backup copy && duebook restore copy restored");
  EXPECT_EQ(Print("stat -c %a copy/key restored/key"), "600\n600\n");
  EXPECT_EQ(Print("cmp ledger/key copy/key && cmp ledger/key restored/key"), "");
}

TEST_F(Backup, WithoutTheKeyIsTakenAndSaysSo) {
  MakeSmallCompany();
  Print("mv ledger/key elsewhere");
  EXPECT_THAT(Print("duebook backup copy"), HasSubstr("the private key is not in it"));
  EXPECT_THAT(Print("duebook restore copy restored"), HasSubstr("the private key is not in it"));
  Print("duebook --ledger restored --key-file elsewhere checkpoint");
}

}  // namespace
}  // namespace duebook
