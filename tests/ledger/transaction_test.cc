// Transactions: all of it or nothing, on disk and in the books that later commands are decided on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/support/seed.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;

std::string Stage(Ledger::Transaction& transaction, MadeCommand command) {
  const auto outcome = transaction.Stage(std::move(command));
  return outcome.ok() ? Said(*outcome) : "failed";
}

class TransactionTest : public testing::Test {
 protected:
  TransactionTest() {
    LedgerOptions options;
    options.clock = [this] { return Time{now_}; };
    ledger_ = folder_.Open(std::move(options));
    EXPECT_THAT(RecordAll(*ledger_, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "10"), ReceivePayment("A", 8),
                                           ApplyPayment("a1", "P8", "I1", "3"))),
                ElementsAre("recorded 1", "recorded 2", "recorded 3", "recorded 4"));
  }

  LedgerFolder folder_;
  int64_t now_ = 1000;
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(TransactionTest, WhatIsStagedCountsForWhatFollows) {
  auto transaction = ledger_->Begin();
  ASSERT_TRUE(transaction.ok());
  EXPECT_EQ(Stage(*transaction, ReceivePayment("A", 9)), "recorded 5");
  EXPECT_EQ(Stage(*transaction, ApplyPayment("a2", "P9", "I1", "7.01")), "refused more_than_open");
  EXPECT_EQ(Stage(*transaction, ApplyPayment("a2", "P9", "I1", "7")), "recorded 6");
  EXPECT_EQ(Stage(*transaction, ApplyPayment("a2", "P9", "I1", "7")), "duplicate 6");
  EXPECT_EQ(folder_.OpenForReading()->last_seq(), 4U);
  ASSERT_TRUE(transaction->Commit().ok());
  const auto log = folder_.OpenForReading();
  EXPECT_EQ(log->last_seq(), 6U);
  EXPECT_EQ(log->Get(5)->view().recorded_at(), log->Get(6)->view().recorded_at());
  ExpectSound(*log);
}

TEST_F(TransactionTest, DroppedLeavesLogAndBooksAsTheyWere) {
  {
    auto transaction = ledger_->Begin();
    ASSERT_TRUE(transaction.ok());
    EXPECT_EQ(Stage(*transaction, OpenCustomer("B")), "recorded 5");
    EXPECT_EQ(Stage(*transaction, ReceivePayment("A", 9)), "recorded 6");
    EXPECT_EQ(Stage(*transaction, ApplyPayment("a2", "P9", "I1", "7")), "recorded 7");
    EXPECT_EQ(Stage(*transaction, ReversePayment("bounce", "P8")), "recorded 9");
  }
  EXPECT_EQ(ledger_->log().last_seq(), 4U);
  // The ids and numbers are free again, the customer is unknown, and of the invoice as much is open as before.
  EXPECT_THAT(RecordAll(*ledger_, ListOf(ReceivePayment("B", 9), ReceivePayment("A", 9),
                                         ApplyPayment("a3", "P9", "I1", "7.01"), ApplyPayment("a2", "P8", "I1", "5"),
                                         ApplyPayment("bounce", "P9", "I1", "2"), OpenCustomer("B"))),
              ElementsAre("refused unknown_reference", "recorded 5", "refused more_than_open", "recorded 6",
                          "recorded 7", "recorded 8"));
  ExpectSound(ledger_->log());
}

TEST_F(TransactionTest, DroppedDoesNotMoveTheTime) {
  now_ = 9000;
  {
    auto transaction = ledger_->Begin();
    EXPECT_EQ(Stage(*transaction, ReceivePayment("A", 9)), "recorded 5");
  }
  now_ = 6000;
  EXPECT_EQ(RecordOne(*ledger_, ReceivePayment("A", 9)), "recorded 5");
  EXPECT_EQ(ledger_->log().Get(5)->view().recorded_at(), Time{6000});
}

TEST_F(TransactionTest, ARefusalWithinItCostsOnlyItself) {
  auto transaction = ledger_->Begin();
  EXPECT_EQ(Stage(*transaction, ReceivePayment("B", 9)), "refused unknown_reference");
  EXPECT_EQ(Stage(*transaction, ReceivePayment("A", 9)), "recorded 5");
  EXPECT_TRUE(transaction->Commit().ok());
  EXPECT_EQ(ledger_->log().last_seq(), 5U);
}

TEST_F(TransactionTest, WithNothingInItLeavesNothing) {
  EXPECT_TRUE(ledger_->Begin()->Commit().ok());
  { EXPECT_TRUE(ledger_->Begin().ok()); }
  EXPECT_EQ(RecordOne(*ledger_, ReceivePayment("A", 9)), "recorded 5");
}

TEST_F(TransactionTest, MayBeMoved) {
  auto begun = ledger_->Begin();
  Ledger::Transaction transaction = std::move(*begun);
  EXPECT_EQ(Stage(transaction, ReceivePayment("A", 9)), "recorded 5");
  EXPECT_TRUE(transaction.Commit().ok());
  EXPECT_EQ(ledger_->log().last_seq(), 5U);
}

TEST_F(TransactionTest, BeginsWhenWhatWasSubmittedBeforeIsDurable) {
  MadeCommand command = ReceivePayment("A", 9);
  ASSERT_TRUE(ledger_->Submit({&command, 1}).ok());
  EXPECT_EQ(folder_.OpenForReading()->last_seq(), 4U);
  { EXPECT_TRUE(ledger_->Begin().ok()); }
  EXPECT_EQ(folder_.OpenForReading()->last_seq(), 5U) << "a dropped transaction takes along nothing of others";
}

// --- at random ---

// Commands over few documents, so that they are often refused, and each is possible for the next ones.
std::vector<MadeCommand> RandomCommands(std::mt19937* random, int* next_id) {
  const auto below = [&](uint32_t bound) { return static_cast<uint64_t>((*random)() % bound); };
  std::vector<MadeCommand> commands;
  for (uint64_t left = 1 + below(6); left > 0; left--) {
    const std::string payment = fmt::format("P{}", 1 + below(40));
    const std::string invoice = fmt::format("I{}", 1 + below(40));
    const std::string customer(1, static_cast<char>('A' + below(5)));
    const std::string id = fmt::format("e{}", (*next_id)++);
    switch (below(6)) {
      case 0:
        commands.push_back(OpenCustomer(customer));
        break;
      case 1:
        commands.push_back(ReceivePayment(customer, 1 + below(40)));
        break;
      case 2:
        commands.push_back(IssueInvoice(customer, 1 + below(40), std::to_string(1 + below(40))));
        break;
      case 3:
        commands.push_back(ReversePayment(id, payment));
        break;
      default:
        commands.push_back(ApplyPayment(id, payment, invoice, std::to_string(1 + below(9))));
    }
  }
  return commands;
}

// Half of the transactions are dropped. A second ledger, which never sees those and is opened again now and then, must
// answer alike.
TEST(RandomTransactions, DroppedOnesMightAsWellNeverHaveBeen) {
  const uint32_t seed = TestSeed(47);
  TRACE_SEED(seed);
  for (const uint32_t round_seed : {seed, seed + 1}) {
    std::mt19937 random(round_seed);
    const LedgerFolder folder;
    const LedgerFolder plain_folder;
    LedgerOptions options;
    options.clock = [] { return Time{7}; };
    auto plain = plain_folder.Open(options);
    const auto ledger = folder.Open(options);
    int next_id = 0;
    for (int round = 0; round < 150; round++) {
      const auto again = random;  // the same commands once more
      const int first_id = next_id;
      auto transaction = ledger->Begin();
      ASSERT_TRUE(transaction.ok());
      std::vector<std::string> said;
      for (MadeCommand& command : RandomCommands(&random, &next_id))
        said.push_back(Stage(*transaction, std::move(command)));
      if (random() % 2 == 0) continue;
      ASSERT_TRUE(transaction->Commit().ok());
      if (round % 10 == 0) {
        plain.reset();
        plain = plain_folder.Open(options);
      }
      auto replayed = again;
      next_id = first_id;
      ASSERT_EQ(RecordAll(*plain, RandomCommands(&replayed, &next_id)), said) << "round " << round;
    }
    EXPECT_GT(ledger->log().last_seq(), 50U);
    EXPECT_EQ(ledger->log().state().tree.Root(), plain->log().state().tree.Root());
    ExpectSound(ledger->log());
  }
}

}  // namespace
}  // namespace duebook
