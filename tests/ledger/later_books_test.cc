// While many events come in, the books are written later than the events: what is not yet written must not be lost to a
// transaction that is dropped, to closing, or to a process that ends before.

#include <gtest/gtest.h>

#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

Command Apply(std::string_view id, std::string_view amount) {
  return MakeTestCommand({{"type", "PaymentApplied"},
                          {"id", id},
                          {"date", "2025-01-03"},
                          {"payment", "P1000"},
                          {"invoice", "I1"},
                          {"amount", amount}});
}

// Enough that the books are left for later. Applied to nothing yet.
std::vector<Command> ManyInvoicesAndPayments() {
  std::vector<Command> commands;
  commands.push_back(OpenCustomer("A"));
  for (uint64_t number = 1; number <= 1500; number++) {
    commands.push_back(IssueInvoice("A", number, "1000"));
    commands.push_back(ReceivePayment("A", number));
  }
  return commands;
}

TEST(LaterBooks, AreWholeAfterAllThatMayHappenBefore) {
  const LedgerFolder folder;
  auto ledger = folder.Open();
  std::vector<Command> commands = ManyInvoicesAndPayments();
  ASSERT_TRUE(ledger->Record(commands).ok());
  EXPECT_EQ(ledger->log().state().books_seq, 0U) << "this test is about books that are behind";
  {
    auto transaction = ledger->Begin();
    ASSERT_TRUE(transaction.ok());
    Command staged = Apply("x", "1000");
    EXPECT_EQ(Said(transaction->Stage(staged).value()), "recorded 3002");
  }
  {
    // As if the process had ended now: another one opens a copy of the folder.
    const TemporaryFolder elsewhere;
    std::filesystem::copy(folder.path(), elsewhere / "copy", std::filesystem::copy_options::recursive);
    const auto copy = Ledger::Open(elsewhere / "copy");
    ASSERT_TRUE(copy.ok());
    EXPECT_EQ(RecordOne(**copy, Apply("y", "1000")), "recorded 3002");
    EXPECT_EQ((*copy)->log().state().books_seq, 3002U);
    ExpectSound((*copy)->log());
  }
  ledger.reset();
  EXPECT_EQ(folder.OpenForReading()->state().books_seq, 3001U);
  ledger = folder.Open();
  EXPECT_EQ(RecordOne(*ledger, Apply("z", "1000")), "recorded 3002");
  EXPECT_NE(RecordOne(*ledger, Apply("w", "1")), "recorded 3003");
  ExpectSound(ledger->log());
}

// As an import ends that cannot tell its receipts any more.
TEST(LaterBooks, KnowNothingOfWhatNobodyWaitedFor) {
  const LedgerFolder folder;
  auto ledger = folder.Open();
  std::vector<Command> commands = ManyInvoicesAndPayments();
  ASSERT_TRUE(ledger->Record(commands).ok());
  Command further = Apply("x", "1000");
  ASSERT_TRUE(ledger->Submit({&further, 1}).ok());
  ledger.reset();
  ledger = folder.Open();
  EXPECT_EQ(ledger->log().last_seq(), 3001U);
  EXPECT_EQ(RecordOne(*ledger, Apply("x", "1000")), "recorded 3002");
  ExpectSound(ledger->log());
}

}  // namespace
}  // namespace duebook
