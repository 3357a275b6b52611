// kill -9 of the program at random points: what was acknowledged is there, nothing is half there, and the next run
// goes on.

#include <random>
#include <set>

#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;

constexpr uint64_t kEvents = 12'000;

class KilledProgram : public HistoryTest {
 protected:
  // Up to `most`, each as likely.
  uint64_t Random(uint64_t most) { return std::uniform_int_distribution<uint64_t>(0, most)(random_); }

  const uint32_t seed_ = TestSeed(20'261'123);
  std::mt19937_64 random_{seed_};
};

// All that the program writes while nobody disturbs it, or a little less.
uint64_t BytesWrittenBy(RunningProgram program) {
  uint64_t bytes = 0;
  while (const auto more = program.BytesWritten()) bytes = *more;
  EXPECT_EQ(program.Wait(), 0);
  return bytes;
}

void KillAfterBytes(RunningProgram* program, uint64_t bytes) {
  while (program->BytesWritten().value_or(bytes) < bytes) continue;
  program->Kill();
}

class KilledImport : public KilledProgram {
 protected:
  KilledImport() { MakeHistory(kEvents); }

  // Imports with `there` events in the ledger already, kills it at a random point (half of the time as a certain
  // receipt is read, half of the time as a certain number of bytes is written), and answers the last line that was
  // acknowledged, 0 if none was. What comes by a pipe comes in smaller commits.
  uint64_t ImportAndKill(uint64_t there, uint64_t kills_left) {
    const bool piped = Random(1) == 0;
    RunningProgram import =
        Start(fmt::format("duebook import {} --receipts", piped ? "<(cat history.jsonl)" : "history.jsonl"));
    uint64_t acknowledged = 0;
    const auto take = [&](const std::optional<std::string>& receipt) {
      if (receipt.has_value()) acknowledged = Acknowledged(*receipt);
      return receipt.has_value();
    };
    const uint64_t further = Random((kEvents - there) / kills_left);
    if (Random(1) == 0) {
      while (acknowledged < there + further && take(import.ReadLine())) continue;
    } else {
      const uint64_t bytes = further * kBytesWritten;
      while (import.BytesWritten().value_or(bytes) < bytes) {
        while (import.HasLine()) take(import.ReadLine());
      }
    }
    import.Kill();
    while (take(import.ReadLine())) continue;  // what was printed before
    import.Wait();
    return acknowledged;
  }

  static constexpr uint64_t kBytesWritten = 300;  // for an event, roughly
};

TEST_F(KilledImport, GoesOnWithNothingLostAndNothingTwice) {
  TRACE_SEED(seed_);
  constexpr uint64_t kKills = 4;
  uint64_t inside = 0;
  for (uint64_t round = 0; round < TestRounds(6); round++) {
    Print("rm -rf ledger");
    MakeLedger();
    uint64_t there = 0;
    for (uint64_t kill = 0; kill < kKills; kill++) {
      const uint64_t acknowledged = ImportAndKill(there, kKills - kill);
      const uint64_t now = ExpectPrefix("ledger");
      EXPECT_GE(now, acknowledged);
      EXPECT_GE(now, there);
      inside += there < now && now < kEvents ? 1 : 0;
      there = now;
      ExpectSound("ledger");
      if (HasFailure()) FAIL() << "round " << round << ", kill " << kill;
    }
    ExpectImportGoesOn("ledger");
  }
  EXPECT_GT(inside, 0U) << "no kill fell into the middle of an import";
}

using KilledInit = KilledProgram;

TEST_F(KilledInit, LeavesALedgerOrNone) {
  TRACE_SEED(seed_);
  const std::string init = "duebook init ledger --company Acme --currency CNY";
  const uint64_t bytes = BytesWrittenBy(Start(init));
  uint64_t none = 0;
  for (uint64_t round = 0; round < TestRounds(8); round++) {
    Print("rm -rf ledger");
    {
      RunningProgram killed = Start(init);
      KillAfterBytes(&killed, Random(bytes));
    }
    const ShellResult info = Run("duebook info");
    if (info.status != 0) {
      none++;
      EXPECT_THAT(info.err, HasSubstr("there is no ledger in ledger"));
      const ShellResult again = Run(init);
      if (again.status != 0) {
        EXPECT_THAT(again.err, HasSubstr("left of an `init` that was cut off, remove it"));
        Print("rm -r ledger; " + init);
      }
    }
    Print("duebook record NoteAdded id=n date=2025-01-01 text=x");
    ExpectSound("ledger");
  }
  EXPECT_GT(none, 0U) << "no kill came before the end";
}

class KilledRecord : public KilledProgram {
 protected:
  KilledRecord() { MakeLedger(); }
  static std::string Recording(uint64_t number) {
    return fmt::format("duebook record NoteAdded id=n{} date=2025-01-01 text=x", number);
  }
};

TEST_F(KilledRecord, IsThereIfItWasTold) {
  TRACE_SEED(seed_);
  const uint64_t bytes = BytesWrittenBy(Start(Recording(0)));
  const uint64_t rounds = TestRounds(20);
  for (uint64_t number = 1; number <= rounds; number++) {
    RunningProgram record = Start(Recording(number));
    std::optional<std::string> told;
    if (Random(3) == 0) {
      told = record.ReadLine();  // it is still to close the ledger
      record.Kill();
    } else {
      KillAfterBytes(&record, Random(bytes));
      told = record.ReadLine();
    }
    record.Wait();
    const std::vector<std::string> there = IdsIn("ledger");
    if (told.has_value()) {
      EXPECT_EQ(*told, fmt::format("recorded n{} as event {}", number, there.size()));
      EXPECT_EQ(there.back(), fmt::format("n{}", number));
    }
  }
  for (uint64_t number = 0; number <= rounds; number++) Print(Recording(number));
  const std::vector<std::string> there = IdsIn("ledger");
  EXPECT_EQ(std::set<std::string>(there.begin(), there.end()).size(), rounds + 1);
  EXPECT_EQ(there.size(), rounds + 1);
  ExpectSound("ledger");
}

class KilledCopy : public KilledProgram {
 protected:
  KilledCopy() { MakeHistory(kEvents); }

  // Runs it anew each time, and kills it at a random point, evenly spread over what it writes.
  void KillAtRandom(const std::string& command, const std::function<void()>& check) {
    const uint64_t bytes = BytesWrittenBy(Start(command));
    for (uint64_t round = 0; round < TestRounds(6); round++) {
      Print("rm -rf copy");
      {
        RunningProgram killed = Start(command);
        KillAfterBytes(&killed, Random(bytes));
      }
      check();
      if (HasFailure()) FAIL() << "round " << round;
    }
  }
  std::string Root(const std::string& ledger) { return Print("duebook --ledger " + ledger + " info | grep '^root'"); }
};

TEST_F(KilledCopy, BackupGoesOnWhereItWasKilled) {
  TRACE_SEED(seed_);
  const std::string backup = "duebook --ledger undisturbed backup copy";
  KillAtRandom(backup, [&] {
    const ShellResult again = Run(backup + " --full");
    if (again.status != 0) {
      EXPECT_THAT(again.err, HasSubstr("left of a first `backup` that was cut off, remove it"));
      Print("rm -r copy; " + backup);
    }
    EXPECT_EQ(Root("copy"), Root("undisturbed"));
    ExpectSound("copy");
  });
  ExpectSound("undisturbed");
}

TEST_F(KilledCopy, RestoreIsNoLedgerUntilItIsWhole) {
  TRACE_SEED(seed_);
  const std::string restore = "rm -rf copy; duebook restore undisturbed copy";
  KillAtRandom(restore, [&] {
    const ShellResult record = Run("duebook --ledger copy record NoteAdded id=n date=2025-01-01 text=x");
    if (record.status == 0) {
      ExpectSound("copy");
      EXPECT_EQ(Print("duebook --ledger copy info | grep '^events' | tr -s ' '"), "events 12001\n");
    } else {
      EXPECT_THAT(record.err, testing::AnyOf(HasSubstr("there is no ledger in copy"),
                                             HasSubstr("never restored to its end: nothing is recorded in it")));
    }
    Print(restore);
    EXPECT_EQ(Root("copy"), Root("undisturbed"));
    ExpectSound("copy");
  });
}

}  // namespace
}  // namespace duebook
