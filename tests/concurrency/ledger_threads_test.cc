// Many threads at one ledger.

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "projections/tracks.h"
#include "tests/support/held_loading.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

constexpr int kThreads = 8;

void RunThreads(const std::function<void(int)>& body) {
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; i++) threads.emplace_back(body, i);
  for (std::thread& thread : threads) thread.join();
}

TEST(Concurrency, EveryThreadsEventsAreRecordedOnceUnderASeqOfTheirOwn) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  constexpr int kEach = 40;
  std::vector<std::vector<std::string>> answers(kThreads);
  RunThreads([&](int thread) {
    for (int i = 1; i <= kEach; i++) {
      const uint64_t number = static_cast<uint64_t>(thread) * 1000 + static_cast<uint64_t>(i);
      answers[thread].push_back(RecordOne(*ledger, ReceivePayment("A", number)));
    }
  });
  std::set<std::string> distinct;
  for (const auto& of_thread : answers) distinct.insert(of_thread.begin(), of_thread.end());
  EXPECT_EQ(distinct.size(), size_t{kThreads * kEach});
  for (const std::string& answer : distinct) EXPECT_TRUE(answer.starts_with("recorded ")) << answer;
  EXPECT_EQ(ledger->log().last_seq(), 1U + kThreads * kEach);
  ExpectSound(ledger->log());
}

TEST(Concurrency, OneEventSentByManyThreadsIsRecordedOnce) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  for (uint64_t round = 2; round < 22; round++) {
    std::atomic<int> recorded = 0;
    std::atomic<int> duplicates = 0;
    RunThreads([&](int) {
      const std::string answer = RecordOne(*ledger, ReceivePayment("A", round));
      if (answer == fmt::format("recorded {}", round)) recorded++;
      if (answer == fmt::format("duplicate {}", round)) duplicates++;
    });
    EXPECT_EQ(recorded, 1);
    EXPECT_EQ(duplicates, kThreads - 1);
  }
}

// Each thread applies another payment to one invoice that all together would overdraw.
TEST(Concurrency, ThreadsTogetherCannotOverdrawAnInvoice) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  ASSERT_EQ(RecordOne(*ledger, IssueInvoice("A", 1, "500")), "recorded 2");
  for (int i = 0; i < kThreads; i++) ASSERT_NE(RecordOne(*ledger, ReceivePayment("A", 100 + i)), "failed");
  std::atomic<int> recorded = 0;
  RunThreads([&](int thread) {
    const std::string payment = fmt::format("P{}", 100 + thread);
    const std::string id = fmt::format("apply-{}", thread);
    const std::string answer = RecordOne(*ledger, MakeTestCommand({{"type", "PaymentApplied"},
                                                                   {"id", id},
                                                                   {"date", "2025-01-03"},
                                                                   {"payment", payment},
                                                                   {"invoice", "I1"},
                                                                   {"amount", "100"}}));
    if (answer.starts_with("recorded")) recorded++;
  });
  EXPECT_EQ(recorded, 5);
  ExpectSound(ledger->log());
}

TEST(Concurrency, ReadersInThreadsSeeWholeCommits) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (uint64_t first = 2; first < 2000; first += 50) {
      std::vector<MadeCommand> commands;
      for (uint64_t number = first; number < first + 50; number++) commands.push_back(ReceivePayment("A", number));
      EXPECT_TRUE(ledger->Record(commands).ok());
    }
    done = true;
  });
  RunThreads([&](int thread) {
    if (thread >= 3) return;
    while (!done) {
      const auto reader = folder.OpenForReading();
      EXPECT_EQ((reader->last_seq() - 1) % 50, 0U);
      EXPECT_EQ(reader->Find(CustomerKey("A"))->size(), reader->last_seq());
    }
  });
  writer.join();
}

// Threads may read the log that another one writes, and never see a state before its events.
TEST(Concurrency, ReadersOfTheWritersOwnLogSeeTheEventsOfItsState) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  const EventLog& log = ledger->log();
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (uint64_t number = 2; number < 300; number++) EXPECT_NE(RecordOne(*ledger, ReceivePayment("A", number)), "");
    done = true;
  });
  RunThreads([&](int thread) {
    if (thread >= 3) return;
    while (!done) {
      const LogState state = log.state();
      EXPECT_EQ(state.tree.size(), state.last_seq);
      const auto last = log.Get(state.last_seq);
      ASSERT_TRUE(last.ok());
      EXPECT_EQ(last->view().recorded_at(), state.last_recorded_at);
      EXPECT_GE(log.SeqAt(state.last_recorded_at).value(), state.last_seq);
      EXPECT_GE(log.Find(CustomerKey("A"))->size(), state.last_seq);
    }
  });
  writer.join();
}

TEST(Concurrency, TransactionsAreWholeOrAbsentAmongSingleEvents) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  ASSERT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
  constexpr uint64_t kRounds = 15;
  const auto payment_of = [](uint64_t thread, uint64_t round, uint64_t i) { return thread * 1000 + round * 10 + i; };
  std::vector<std::thread> threads;
  for (uint64_t thread = 1; thread <= 4; thread++) {
    threads.emplace_back([&, thread] {
      for (uint64_t round = 0; round < kRounds; round++) {
        if (thread > 2) {
          EXPECT_NE(RecordOne(*ledger, ReceivePayment("A", payment_of(thread, round, 0))), "failed");
          continue;
        }
        auto transaction = ledger->Begin();
        ASSERT_TRUE(transaction.ok());
        for (uint64_t i = 0; i < 3; i++) {
          Command command = ReceivePayment("A", payment_of(thread, round, i));
          EXPECT_TRUE(transaction->Stage(command).ok());
        };
        if (round % 2 != 0) continue;  // dropped
        EXPECT_TRUE(transaction->Commit().ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const EventLog& log = ledger->log();
  const auto seq_of = [&](uint64_t payment) { return log.FindEventId(fmt::format("p{}", payment)).value(); };
  for (uint64_t round = 0; round < kRounds; round++) {
    for (const uint64_t thread : {1, 2}) {
      const auto first = seq_of(payment_of(thread, round, 0));
      EXPECT_EQ(first.has_value(), round % 2 == 0);
      for (uint64_t i = 1; i < 3; i++) {
        const auto seq = seq_of(payment_of(thread, round, i));
        EXPECT_EQ(seq, first.has_value() ? std::optional(*first + i) : std::nullopt);
      }
    }
    for (const uint64_t thread : {3, 4}) EXPECT_TRUE(seq_of(payment_of(thread, round, 0)).has_value());
  }
  ExpectSound(log);
}

// A ledger that is opened again and loads all its books, while it decides, from its first command on.
std::unique_ptr<Ledger> OpenLoading(const LedgerFolder& folder, LoadingLimits loading = {0, UINT64_MAX, {}}) {
  LedgerOptions options;
  options.tracks = MakeAllTracks;
  options.fold_sizes = {64, 8};
  options.loading = std::move(loading);
  return folder.Open(std::move(options));
}

TEST(Concurrency, CommandsOfManyThreadsAreDecidedWhileTheBooksAreLoaded) {
  const LedgerFolder folder;
  constexpr int kBefore = 200;
  ASSERT_EQ(RecordOne(*OpenLoading(folder), OpenCustomer("A")), "recorded 1");
  for (uint64_t number = 1; number <= kBefore; number += 50) {
    std::vector<MadeCommand> commands;
    for (uint64_t i = number; i < number + 50; i++) commands.push_back(ReceivePayment("A", i));
    ASSERT_TRUE(OpenLoading(folder)->Record(commands).ok());
  }
  const auto ledger = OpenLoading(folder);
  std::atomic<int> duplicates = 0;
  RunThreads([&](int thread) {
    for (uint64_t i = 1; i <= 40; i++) {
      const uint64_t number = i % 4 == 0 ? i : 1000 * (static_cast<uint64_t>(thread) + 1) + i;
      if (RecordOne(*ledger, ReceivePayment("A", number)).starts_with("duplicate")) duplicates++;
    }
  });
  EXPECT_EQ(duplicates, kThreads * 10);
  EXPECT_EQ(ledger->log().last_seq(), 1U + kBefore + kThreads * 30);
  ExpectSound(ledger->log());
}

TEST(Concurrency, ALedgerIsClosedWhileItsBooksAreLoaded) {
  const LedgerFolder folder;
  ASSERT_EQ(RecordOne(*OpenLoading(folder), OpenCustomer("A")), "recorded 1");
  for (uint64_t number = 2; number <= 60; number++) {
    ASSERT_EQ(RecordOne(*OpenLoading(folder), ReceivePayment("A", number)), fmt::format("recorded {}", number));
  }
  HeldLoading loading(30);
  auto ledger = OpenLoading(folder, loading.Limits());
  ASSERT_EQ(RecordOne(*ledger, ReceivePayment("A", 61)), "recorded 61");
  ASSERT_TRUE(loading.WaitUntilHeld());
  std::thread closing([&ledger] { ledger.reset(); });
  loading.GoOn();
  closing.join();
  ASSERT_TRUE(loading.WaitUntilDone());
  EXPECT_EQ(folder.OpenForReading()->last_seq(), 61U);
  ExpectSound(*folder.OpenForReading());
}

}  // namespace
}  // namespace duebook
