// A ledger whose newest files were lost, changed or replaced by odd things, with the built program: whatever the
// command, it tells, and none answers as if nothing had been.

#include <filesystem>

#include "ledger/log/framed/end_record.h"
#include "ledger/log/framed/layout.h"
#include "ledger/proof/checkpoint.h"
#include "tests/support/raw_store.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const char* const kEveryCommand[] = {"balance",
                                     "aging --format csv",
                                     "trail C-1",
                                     "events --format jsonl",
                                     "info",
                                     "import company.jsonl",
                                     "record NoteAdded id=n date=2025-04-01 text=x",
                                     "checkpoint",
                                     "checkpoint --list",
                                     "backup copy",
                                     "rebuild"};

// What a command answers, and a part of what it says; "": nothing.
struct Answer {
  const char* command;
  int status;
  const char* says;
};

constexpr const char* kNoCheckpoint = "what is kept here is no checkpoint (ledger/checkpoints/";
constexpr const char* kNoNote = "a checkpoint is not right: it is no signed note";
constexpr const char* kTooManyLinks = "Too many levels of symbolic links";
constexpr const char* kNotDerived = "is not as it was written; answers are made from the log itself";

class LostStore : public ProgramTest {
 protected:
  LostStore() { MakeSmallCompany(); }

  void ClosePeriod(const std::string& id, const std::string& through) {
    Print("duebook record PeriodClosed id=" + id + " date=2025-03-31 through=" + through + " actor=cfo");
  }
  void ExpectAnswer(const Answer& answer) {
    const ShellResult result = Run(std::string("timeout 20 duebook ") + answer.command);
    EXPECT_EQ(result.status, answer.status) << answer.command << "\n" << result.err;
    if (*answer.says == '\0') EXPECT_THAT(result.err, IsEmpty()) << answer.command;
    EXPECT_THAT(result.err, HasSubstr(answer.says)) << answer.command;
  }
};

TEST_F(LostStore, OfFewerEventsThanItHadIsRefusedByEveryCommand) {
  Print("cp -r ledger/store older && duebook record NoteAdded id=m date=2025-03-01 text=x");
  Print("rm -r ledger/store && mv older ledger/store");
  for (const std::string command : kEveryCommand) {
    const ShellResult result = Run("duebook " + command);
    EXPECT_EQ(result.status, 3) << command << "\n" << result.out << result.err;
    EXPECT_THAT(result.err, HasSubstr("event 13: it is missing")) << command;
    EXPECT_THAT(result.err, HasSubstr("restore from a backup")) << command;
    EXPECT_THAT(result.out, IsEmpty()) << command;
  }
  const ShellResult verified = Run("duebook verify");
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, HasSubstr("event 13: it is missing"));
  EXPECT_EQ(Run("duebook restore ledger again").status, 3);
  // Who says how much is wanted gets what is left.
  EXPECT_EQ(Run("duebook restore ledger again --to-seq 13").status, 3);
  Print("duebook restore ledger again --to-seq 12 && duebook --ledger again verify");
}

TEST_F(LostStore, WithoutItsWriteAheadLogsAnswersAsBefore) {
  const std::string before = Print("duebook balance --format csv");
  Print("find ledger -name '*.log' -delete");
  const ShellResult after = Run("duebook balance --format csv");
  EXPECT_EQ(after.out, before);
  EXPECT_THAT(after.err, IsEmpty());
  Print("duebook verify && duebook record NoteAdded id=n date=2025-04-01 text=x && duebook verify");
}

TEST_F(LostStore, AfterACrashEveryCommandSaysSoUntilOneHasWritten) {
  Print("duebook record NoteAdded id=k date=2025-04-01 text=y");
  // A process leaves this if it is killed behind its first commit.
  const auto end = DecodeEndRecord(Read("ledger/END"));
  ASSERT_TRUE(end.has_value());
  EndRecord begun = *end;
  begun.ended = false;
  begun.manifest = "";
  Write("ledger/END", EncodeEndRecord(begun));
  for (const std::string command : {"balance", "info", "verify", "checkpoint", "restore ledger copy"}) {
    const ShellResult result = Run("duebook " + command);
    EXPECT_EQ(result.status, 0) << command << result.err;
    EXPECT_THAT(result.err, HasSubstr("the ledger in ledger did not end in order: it is known up to event 13"))
        << command;
  }
  EXPECT_THAT(Run("duebook record NoteAdded id=n date=2025-04-01 text=x").err, HasSubstr("did not end in order"));
  EXPECT_THAT(Run("duebook balance").err, IsEmpty());
}

TEST_F(LostStore, ABackupWithoutTheRecordOfItsEndIsRestoredOnlyByNamingTheLastEvent) {
  Print("duebook backup copy");
  const std::string end = Read("copy/END");
  for (const std::string& damaged : {std::string(), end.substr(0, end.size() / 2), "x" + end.substr(1)}) {
    SCOPED_TRACE(damaged);
    Write("copy/END", damaged);
    if (damaged.empty()) Print("rm copy/END");
    ShellResult result = Run("duebook restore copy again");
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.err, HasSubstr("nobody can tell whether copy ended with event 12"));
    EXPECT_THAT(result.err, HasSubstr("--to-seq 12"));
    EXPECT_FALSE(fs::exists(folder_ / "again"));
    EXPECT_EQ(Run("duebook --ledger copy verify").status, 1);
    Print("duebook restore copy again --to-seq 12 && duebook --ledger again verify && rm -r again");
  }
}

// What was there at an earlier moment does not hang on where the ledger ended.
TEST_F(LostStore, ABackupWithoutTheRecordOfItsEndIsRestoredToAnEarlierTime) {
  const std::string before =
      Print("duebook info --format json | sed 's/.*recorded_to.:.\\([^,]*\\).,.*/\\1/' | tr -d '\\n'");
  Print("duebook record NoteAdded id=m date=2025-03-01 text=x && duebook backup copy && rm copy/END");
  EXPECT_EQ(Run("duebook restore copy again").status, 3);
  Print("duebook restore copy again --to-time " + before);
  EXPECT_THAT(Print("duebook --ledger again events --format jsonl | wc -l"), HasSubstr("12"));
  EXPECT_EQ(Run("duebook restore copy other --to-time 2999-01-01").status, 3);
}

// RocksDB and small files alike meet a limit on the size of files.
TEST_F(LostStore, ALimitOnTheSizeOfFilesIsSaidAndLosesNothing) {
  const std::string limited =
      Print("(ulimit -f 0; duebook record NoteAdded id=n date=2025-04-01 text=x 2>&1; echo status $?) | cat");
  EXPECT_THAT(limited, HasSubstr("File too large"));
  EXPECT_THAT(limited, HasSubstr("status 3"));
  Print("duebook verify && duebook record NoteAdded id=n date=2025-04-01 text=x");
}

TEST_F(LostStore, VerificationSaysSinceWhenWhatTheLedgerIsIsBound) {
  EXPECT_THAT(Print("duebook verify"), Not(HasSubstr("company, currency, id")));
  {
    RawStore store(folder_ / "ledger");
    store.Delete("default", "end");
    store.Flush();
  }
  Print("rm ledger/END && echo 'duebook ledger format 2' >ledger/FORMAT");
  EXPECT_THAT(Print("duebook verify"), HasSubstr("can still be changed unnoticed: the next command that writes"));
  Print("duebook record NoteAdded id=n date=2025-04-01 text=x");
  EXPECT_EQ(Read("ledger/FORMAT"), "duebook ledger format 4\n");
  EXPECT_THAT(Print("duebook verify"), HasSubstr("since event 12 the ledger's company, currency, id and first key"));
}

// A first backup, or a restore, leaves this if it is killed behind its first events.
TEST_F(LostStore, ACopyThatWasCutOffDoesNotAnswerAsIfItWereWhole) {
  Print("duebook backup copy");
  EndRecord end = DecodeEndRecord(Read("copy/END")).value();
  end.ended = false;
  end.last_seq = 0;
  end.root = MerkleFrontier().Root();
  end.manifest = "";
  Write("copy/END", EncodeEndRecord(end));
  for (const std::string command : {"balance", "info", "checkpoint", "backup another", "events"}) {
    const ShellResult result = Run("duebook --ledger copy " + command);
    EXPECT_EQ(result.status, 3) << command;
    EXPECT_THAT(result.err, HasSubstr("the copy was cut off before it was finished")) << command;
  }
  EXPECT_EQ(Run("duebook --ledger copy verify").status, 1);
  EXPECT_EQ(Run("duebook restore copy again").status, 3);
  Print("duebook backup copy && duebook --ledger copy verify && duebook restore copy again");
}

// A backup that went on, and was killed: what the session before it had is there, and that was whole.
TEST_F(LostStore, ACopyThatWasCutOffInALaterSessionAnswersAndSaysSo) {
  Print("duebook backup copy");
  EndRecord end = DecodeEndRecord(Read("copy/END")).value();
  end.ended = false;
  end.manifest = "";
  ASSERT_EQ(end.last_seq, 12U);
  Write("copy/END", EncodeEndRecord(end));
  const ShellResult balance = Run("duebook --ledger copy balance --format csv");
  EXPECT_EQ(balance.status, 0);
  EXPECT_EQ(balance.out, Print("duebook balance --format csv"));
  EXPECT_THAT(balance.err, HasSubstr("did not end in order"));
}

TEST_F(LostStore, AMadeCopyIsUnfinishedUntilItsEventsHaveCome) {
  const auto source = EventLog::Open(folder_ / "ledger", EventLog::Mode::kRead);
  ASSERT_TRUE(source.ok());
  LedgerIdentity identity = (*source)->identity();
  identity.is_copy = true;
  ASSERT_TRUE(EventLog::Create(folder_ / "copy", identity).ok());
  EXPECT_EQ(Run("duebook --ledger copy balance").status, 3);
  Print("duebook backup copy && duebook --ledger copy balance");
}

TEST_F(LostStore, WhoseIdentityWasChangedIsFound) {
  ClosePeriod("z", "2025-02-28");
  Print("duebook checkpoint --output signed");
  LedgerIdentity identity;
  {
    RawStore store(folder_ / "ledger");
    identity = DecodeIdentity(store.Entries("default").at("identity")).value();
    identity.currency = *Currency::Parse("JPY");
    store.Put("default", "identity", EncodeIdentity(identity));
    store.Flush();
  }
  for (const std::string command : {"balance", "record NoteAdded id=n date=2025-04-01 text=x"}) {
    const ShellResult result = Run("duebook " + command);
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.err, HasSubstr("its company, currency, id, key or time of creation is not what"));
  }
  EXPECT_EQ(Run("duebook verify").status, 1);
  EXPECT_EQ(Run("duebook checkpoint --check signed").status, 3);
  // Whoever makes the records of the end anew, too, is found by what was signed.
  EndRecord end = DecodeEndRecord(Read("ledger/END")).value();
  end.identity = IdentityHash(identity);
  Write("ledger/END", EncodeEndRecord(end));
  end.manifest = "";
  {
    RawStore store(folder_ / "ledger");
    store.Put("default", "end", EncodeEndRecord(end));
    store.Flush();
  }
  EXPECT_EQ(Run("duebook balance").status, 0);
  for (const std::string command : {"verify", "checkpoint --check signed"}) {
    const ShellResult result = Run("duebook " + command);
    EXPECT_EQ(result.status, 1) << command;
    EXPECT_THAT(result.err, HasSubstr("is not what it was when the checkpoint was signed")) << command;
  }
}

TEST_F(LostStore, NoKeptCheckpointIsOverwrittenByAnother) {
  Print("cp -r ledger older");
  ClosePeriod("z", "2025-02-28");
  const std::string kept = Read("ledger/checkpoints/13");
  Print("rm -r ledger && mv older ledger && mkdir ledger/checkpoints");
  Write("ledger/checkpoints/13", kept);
  // An older state with the checkpoint of a later one is refused.
  EXPECT_EQ(Run("duebook record PeriodClosed id=y date=2025-03-31 through=2025-01-31 actor=cfo").status, 3);
  // Beside one that was written meanwhile, too, the older one stays, and is found.
  Print("mv ledger/checkpoints away");
  Print("duebook record PeriodClosed id=y date=2025-03-31 through=2025-01-31 actor=cfo");
  Write("ledger/checkpoints/13", kept);
  const ShellResult again = Run("duebook checkpoint --keep");
  EXPECT_EQ(again.status, 3);
  EXPECT_THAT(again.err, HasSubstr("another checkpoint of 13 events is kept"));
  EXPECT_EQ(Read("ledger/checkpoints/13"), kept);
  const ShellResult verified = Run("duebook verify");
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, HasSubstr("has another root for the first 13 events"));
  // A first backup looks at them before it copies.
  const ShellResult backup = Run("duebook backup copy");
  EXPECT_EQ(backup.status, 1) << backup.out;
  EXPECT_THAT(backup.err, HasSubstr("checkpoint"));
}

TEST_F(LostStore, WhatLiesInThePlaceOfACheckpointIsNotOverwritten) {
  Print("mkdir ledger/checkpoints");
  Write("ledger/checkpoints/13", "no checkpoint\n");
  const ShellResult closed = Run("duebook record PeriodClosed id=z date=2025-03-31 through=2025-02-28 actor=cfo");
  EXPECT_EQ(closed.status, 0) << closed.err;
  EXPECT_THAT(closed.err, HasSubstr("a checkpoint of 13 events is kept in the store only"));
  EXPECT_THAT(closed.err, HasSubstr("holds another one; `duebook verify` tells more"));
  EXPECT_EQ(Read("ledger/checkpoints/13"), "no checkpoint\n");
}

TEST_F(LostStore, OddThingsInTheFolderNeitherStopNorHangAnything) {
  ClosePeriod("z", "2025-02-28");
  const std::string balance = Print("duebook balance --format csv");
  const std::vector<Answer> among_checkpoints = {
      {"info", 0, ""},
      {"checkpoint --list", 1, kNoCheckpoint},
      {"backup copy", 1, kNoNote},
      {"verify", 1, kNoNote},
      {"record NoteAdded date=2025-04-01 text=x", 0, ""},
  };
  const std::vector<Answer> circle_among_checkpoints = {
      {"info", 0, ""},
      {"checkpoint --list", 3, kTooManyLinks},
      {"backup copy", 3, kTooManyLinks},
      {"verify", 3, kTooManyLinks},
      {"record NoteAdded date=2025-04-01 text=x", 0, ""},
  };
  const std::vector<Answer> in_place_of_index = {
      {"info", 0, kNotDerived},
      {"checkpoint --list", 0, ""},
      {"backup copy", 0, kNotDerived},
      {"verify", 1, "index-1-12 is not as it was written; the events are as they were"},
      {"record NoteAdded date=2025-04-01 text=x", 0, kNotDerived},
  };
  const std::vector<Answer> in_place_of_history = {
      {"info", 0, ""},
      {"checkpoint --list", 0, ""},
      {"backup copy", 0, ""},
      {"verify", 1, "derived/history: it is no folder; the events are as they were"},
      {"record NoteAdded date=2025-04-01 text=x", 0, ""},
  };
  const std::vector<Answer> circle_in_place_of_history = {
      {"info", 0, ""},
      {"checkpoint --list", 0, ""},
      {"backup copy", 0, ""},
      {"verify", 3, kTooManyLinks},
      {"record NoteAdded date=2025-04-01 text=x", 0, ""},
  };
  struct {
    const char* make;
    const std::vector<Answer>& answers;
  } const cases[] = {{"mkdir ledger/checkpoints/11", among_checkpoints},
                     {"mkfifo ledger/checkpoints/7", among_checkpoints},
                     {"ln -s /dev/zero ledger/checkpoints/9", among_checkpoints},
                     {"ln -s nowhere ledger/checkpoints/9", among_checkpoints},
                     {"ln -s 9 ledger/checkpoints/9", circle_among_checkpoints},
                     {"mkdir -p ledger/derived && mkfifo ledger/derived/index-1-12", in_place_of_index},
                     {"mkdir -p ledger/derived && mkfifo ledger/derived/history", in_place_of_history},
                     {"mkdir -p ledger/derived && ln -s history ledger/derived/history", circle_in_place_of_history}};
  for (const auto& odd : cases) {
    SCOPED_TRACE(odd.make);
    Print("cp -r ledger kept");
    Print(odd.make);
    EXPECT_EQ(Print("timeout 20 duebook balance --format csv"), balance);
    for (const Answer& answer : odd.answers) ExpectAnswer(answer);
    Print("rm -rf ledger copy && mv kept ledger");
  }
}

TEST_F(LostStore, APipeAsAFileOfTheLedgerIsSaid) {
  constexpr const char* kNoFormat = "ledger/FORMAT does not say what format the ledger has";
  constexpr const char* kNoCurrent = "ledger/store/CURRENT is no file";
  constexpr const char* kNoEnd = "the record of where the last session";
  constexpr const char* kNoList = "cannot list ledger/";
  struct {
    const char* file;
    const char* says;
    int balance, verify, backup;  // status
  } const cases[] = {{"FORMAT", kNoFormat, 3, 1, 3},    {"store/CURRENT", kNoCurrent, 3, 1, 3},
                     {"END", kNoEnd, 0, 1, 0},          {"key", "", 0, 0, 0},  // without it everything can be read
                     {"checkpoints", kNoList, 3, 3, 3}, {"derived", kNoList, 0, 3, 0}};
  for (const auto& pipe : cases) {
    SCOPED_TRACE(pipe.file);
    Print(std::string("cp -r ledger kept && rm -rf ledger/") + pipe.file + " && mkfifo ledger/" + pipe.file);
    ExpectAnswer({"balance", pipe.balance, pipe.says});
    ExpectAnswer({"verify", pipe.verify, pipe.says});
    ExpectAnswer({"backup copy", pipe.backup, pipe.says});
    Print("rm -rf ledger copy && mv kept ledger");
  }
}

TEST_F(LostStore, APipeBesideTheKeyIsPassedOver) {
  Print("mkfifo ledger/key.new");
  Print("timeout 20 duebook key && timeout 20 duebook key rotate && duebook verify");
}

// Folds can be made again: without them everything is answered from the log.
TEST_F(LostStore, AFileInThePlaceOfTheFoldsStopsNothing) {
  const std::string before = Print("duebook balance --format csv");
  Print("rm -rf ledger/derived && touch ledger/derived");
  const ShellResult after = Run("duebook balance --format csv");
  EXPECT_EQ(after.status, 0);
  EXPECT_EQ(after.out, before);
  EXPECT_THAT(after.err, HasSubstr("cannot list ledger/derived"));
  Print("duebook record NoteAdded id=n date=2025-04-01 text=x");
}

// What cannot be listed may tell of events that are lost.
TEST_F(LostStore, AFolderOfCheckpointsThatCannotBeListedIsSaid) {
  Print("touch ledger/checkpoints");
  for (const std::string command : {"balance", "record NoteAdded id=n date=2025-04-01 text=x"}) {
    const ShellResult result = Run("duebook " + command);
    EXPECT_EQ(result.status, 3) << command;
    EXPECT_THAT(result.err, HasSubstr("cannot list ledger/checkpoints")) << command;
  }
}

TEST_F(LostStore, ALedgerInsideAnotherIsRefused) {
  for (const std::string command : {"backup ledger/copy", "backup ledger/store/copy", "restore ledger ledger/again",
                                    "init ledger/more/other --company B --currency CNY", "backup ./linked/copy"}) {
    Print("ln -sfn ledger linked");
    const ShellResult result = Run("duebook " + command);
    EXPECT_EQ(result.status, 1) << command;
    EXPECT_THAT(result.err, HasSubstr("lies inside the ledger in")) << command;
  }
  Print("duebook backup beside");
}

}  // namespace
}  // namespace duebook
