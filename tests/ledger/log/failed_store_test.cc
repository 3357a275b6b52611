// After a failed commit the ledger says so to everybody who waits, accepts nothing through any of its doors, and goes
// on when it is opened again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <mutex>
#include <random>
#include <thread>

#include "tests/support/child_process.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

// No file may grow beyond this: what a full disk does, for one process alone.
void LimitFiles(rlim_t bytes) {
  CHECK(std::signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
  const rlimit limit{bytes, RLIM_INFINITY};
  CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

// More than the room that is left, compressed as well.
std::vector<MadeCommand> ManyNotes() {
  std::mt19937 random(1);
  std::vector<MadeCommand> commands;
  for (int i = 0; i < 20; i++) {
    std::string text(4000, ' ');
    for (char& c : text) c = static_cast<char>('!' + random() % 90);
    const std::string id = fmt::format("note{}", i);
    commands.push_back(MakeTestCommand(
        {{"type", "NoteAdded"}, {"id", id}, {"date", "2025-01-01"}, {"customer", "A"}, {"text", text}}));
  }
  return commands;
}

class FailedStore : public testing::Test {
 protected:
  FailedStore() { EXPECT_EQ(RecordOne(*folder_.Open(), OpenCustomer("A")), "recorded 1"); }

  // Runs with a ledger that has no room for many notes, in a process of its own.
  void RunOnFullDisk(const std::function<void(Ledger&, const ChildProcess::Tell&)>& body) {
    ChildProcess child([&](const ChildProcess::Tell& tell) {
      const auto ledger = folder_.Open();
      LimitFiles(30'000);
      body(*ledger, tell);
    });
    while (const auto told = child.Hear()) told_.push_back(*told);
    EXPECT_TRUE(child.Wait()) << "see what it printed";
  }

  LedgerFolder folder_;
  std::vector<uint64_t> told_;
};

TEST_F(FailedStore, NoDoorAcceptsAnythingUntilItIsOpenedAgain) {
  RunOnFullDisk([](Ledger& ledger, const ChildProcess::Tell&) {
    std::vector<MadeCommand> notes = ManyNotes();
    const auto failed = ledger.Record(notes);
    CHECK(!failed.ok() && failed.error().code == ErrorCode::kUnavailable);
    CHECK(failed.error().sentence.find("cannot write to the ledger in") == 0);
    LimitFiles(RLIM_INFINITY);  // there is room again, but nobody knows what is on disk
    CHECK(RecordOne(ledger, ReceivePayment("A", 1)) == "failed");
    MadeCommand payment = ReceivePayment("A", 2);
    CHECK(!ledger.Submit({&payment, 1}).ok());
    CHECK(!ledger.Begin().ok());
    CHECK(!ledger.Record({&payment, 1}, Admission::kAllOrNothing).ok());
    CHECK(!ledger.WaitUntilDurable(100).ok());
    CHECK(ledger.log().last_seq() == 1 && ledger.log().Get(1).ok());
  });
  const auto ledger = folder_.Open();
  EXPECT_EQ(ledger->log().last_seq(), 1U);
  EXPECT_EQ(RecordAll(*ledger, ManyNotes()).back(), "recorded 21");
  ExpectSound(ledger->log());
}

// The log guards itself, whoever writes to it.
TEST_F(FailedStore, TheLogTakesNothingAfterAFailedCommit) {
  RunOnFullDisk([](Ledger&, const ChildProcess::Tell&) {
    const LedgerFolder folder;
    auto log = EventLog::Open(folder.path(), EventLog::Mode::kWrite, TestStore());
    CHECK(log.ok());
    std::vector<std::string> events;
    for (MadeCommand& note : ManyNotes()) {
      auto& command = std::get<Command>(note);
      command.SetSequence(events.size() + 1, Time{7});
      events.push_back(command.TakeBytes());
    }
    CHECK(!(*log)->Append(events).ok());
    LimitFiles(RLIM_INFINITY);
    const Status again = (*log)->Append(events);
    CHECK(!again.ok() && again.error().sentence.find("an earlier commit failed") == 0);
    CHECK((*log)->last_seq() == 0);
  });
}

TEST_F(FailedStore, ATransactionThatCannotBeWrittenIsNotThere) {
  RunOnFullDisk([](Ledger& ledger, const ChildProcess::Tell&) {
    auto transaction = ledger.Begin();
    CHECK(transaction.ok());
    Command payment = ReceivePayment("A", 1);
    CHECK(transaction->Stage(payment).ok());
    for (MadeCommand& note : ManyNotes()) CHECK(transaction->Stage(std::move(note)).ok());
    CHECK(!transaction->Commit().ok());
  });
  const auto ledger = folder_.Open();
  EXPECT_THAT(RecordAll(*ledger, ListOf(ReceivePayment("A", 1), ReceivePayment("A", 2))),
              testing::ElementsAre("recorded 2", "recorded 3"));
  ExpectSound(ledger->log());
}

// Of many threads that record until the disk is full, each is told either that its event is safe or that it failed.
TEST_F(FailedStore, EverybodyWhoWaitsIsTold) {
  RunOnFullDisk([](Ledger& ledger, const ChildProcess::Tell& tell) {
    std::vector<std::thread> threads;
    std::mutex mutex;
    for (uint64_t thread = 1; thread <= 6; thread++) {
      threads.emplace_back([&, thread] {
        for (uint64_t number = 1000 * thread;; number++) {
          if (RecordOne(ledger, ReceivePayment("A", number)) == "failed") return;
          const std::lock_guard lock(mutex);
          tell(number);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  EXPECT_GT(told_.size(), 10U);
  const auto log = folder_.OpenForReading();
  for (const uint64_t number : told_) EXPECT_NE(log->FindEventId(fmt::format("p{}", number)).value(), std::nullopt);
  ExpectSound(*log);
}

// Wherever the disk becomes full, the process goes on, and a ledger that said it was made can be used.
TEST_F(FailedStore, MakingAndOpeningOneOnAFullDiskIsSaid) {
  const TemporaryFolder folder;
  int made = 0;
  for (const rlim_t limit : {0, 10, 30, 100, 200, 400, 1000, 2000, 4000, 8000, 16'000, 32'000}) {
    SCOPED_TRACE(limit);
    const std::filesystem::path path = folder / std::to_string(limit);
    ChildProcess child([&](const ChildProcess::Tell& tell) {
      LimitFiles(limit);
      const LedgerIdentity identity{"Acme", *Currency::Parse("CNY"), "", Time{1}};
      const bool created = EventLog::Create(path, identity, TestStore()).ok();
      LedgerOptions options;
      options.store = TestStore();
      const auto ledger = Ledger::Open(path, options);
      const bool recorded = ledger.ok() && RecordOne(**ledger, OpenCustomer("A")) == "recorded 1";
      tell(created ? 1 : 0);
      tell(recorded ? 1 : 0);
    });
    const bool created = child.Hear() == 1;
    const bool recorded = child.Hear() == 1;
    EXPECT_TRUE(child.Wait()) << "see what it printed";
    const auto ledger = Ledger::Open(path);
    EXPECT_EQ(ledger.ok(), created);
    if (!ledger.ok()) continue;
    made++;
    EXPECT_EQ(RecordOne(**ledger, OpenCustomer("A")), recorded ? "duplicate 1" : "recorded 1");
    ExpectSound((*ledger)->log());
  }
  EXPECT_GT(made, 0);
  EXPECT_LT(made, 12);
}

}  // namespace
}  // namespace duebook
