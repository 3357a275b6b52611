// A ledger that was opened again decides as if it had never been closed, though its books are made piece by piece.

#include "ledger/books_from_log.h"

#include <gmock/gmock.h>

#include "ledger/derived/index_fold.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;

class BooksFromLogTest : public testing::Test {
 protected:
  // Folds so short that most of the log is in them.
  std::unique_ptr<Ledger> Open() const {
    LedgerOptions options;
    options.folds = [] {
      FoldMakers makers;
      makers.push_back(std::make_unique<IndexFoldMaker>());
      return makers;
    };
    options.fold_sizes = {8, 2};
    return folder_.Open(std::move(options));
  }

  // Events of others, so that to read them all would cost more than to ask for some.
  static void Fill(Ledger& ledger) {
    RecordOne(ledger, OpenCustomer("Z"));
    for (uint64_t n = 1000; n < 1060; n++) RecordOne(ledger, ReceivePayment("Z", n));
  }

  static Command Payment(std::string_view number, std::string_view actor) {
    return MakeTestCommand({{"type", "PaymentReceived"},
                            {"id", number},
                            {"date", "2025-01-05"},
                            {"customer", "A"},
                            {"payment", number},
                            {"amount", "10"},
                            {"actor", actor}});
  }
  static Command Request(std::string_view number, std::string_view amount) {
    return MakeTestCommand({{"type", "WriteOffRequested"},
                            {"id", number},
                            {"date", "2025-02-01"},
                            {"actor", "ann"},
                            {"write_off", number},
                            {"invoice", "I1"},
                            {"amount", amount}});
  }
  static Command Approval(std::string_view id, std::string_view write_off, std::string_view actor) {
    return MakeTestCommand(
        {{"type", "WriteOffApproved"}, {"id", id}, {"date", "2025-02-02"}, {"actor", actor}, {"write_off", write_off}});
  }

  LedgerFolder folder_;
};

TEST_F(BooksFromLogTest, KnowsWhoRecordedPaymentsBeforeAndSinceTheOpening) {
  auto ledger = Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "100"), Payment("P1", "dee"), Request("W1", "5")));
  Fill(*ledger);
  ledger.reset();
  ledger = Open();
  EXPECT_THAT(
      RecordAll(*ledger, ListOf(Payment("P2", "eve"), Approval("a1", "W1", "dee"), Approval("a2", "W1", "eve"))),
      ElementsAre("recorded 66", "refused receiver_approves", "refused receiver_approves"));
  EXPECT_EQ(RecordOne(*ledger, Approval("a3", "W1", "bob")), "recorded 67");
}

// The policy lets nobody approve more than 12 in all: requests from before the opening count, those rejected do not.
TEST_F(BooksFromLogTest, AddsUpRequestsFromBeforeTheOpening) {
  auto ledger = Open();
  RecordAll(
      *ledger,
      ListOf(
          OpenCustomer("A"), IssueInvoice("A", 1, "100"),
          MakeTestCommand(
              {{"type", "WriteOffPolicySet"}, {"id", "p"}, {"date", "2025-01-01"}, {"actor", "x"}, {"bands", "12 1"}}),
          Request("W1", "5"), Request("W2", "5")));
  Fill(*ledger);
  ledger.reset();
  ledger = Open();
  EXPECT_EQ(RecordOne(*ledger, Request("W3", "5")), "refused over_threshold");
  EXPECT_EQ(RecordOne(*ledger, MakeTestCommand({{"type", "WriteOffRejected"},
                                                {"id", "r"},
                                                {"date", "2025-02-03"},
                                                {"actor", "bob"},
                                                {"write_off", "W1"}})),
            "recorded 67");
  EXPECT_EQ(RecordOne(*ledger, Request("W4", "5")), "recorded 68");
}

TEST_F(BooksFromLogTest, ARollbackLeavesNoCustomerIncomplete) {
  auto ledger = Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "100"), Payment("P1", "dee"), Request("W1", "5")));
  Fill(*ledger);
  ledger.reset();
  ledger = Open();
  {
    auto transaction = ledger->Begin();
    ASSERT_TRUE(transaction.ok());
    Command payment = Payment("P2", "eve");
    Command request = Request("W2", "5");
    EXPECT_TRUE(std::holds_alternative<Recorded>(*transaction->Stage(payment)));
    EXPECT_TRUE(std::holds_alternative<Recorded>(*transaction->Stage(request)));
  }
  EXPECT_EQ(RecordOne(*ledger, Approval("a1", "W1", "dee")), "refused receiver_approves");
  EXPECT_EQ(RecordOne(*ledger, Approval("a2", "W1", "eve")), "recorded 66") << "her payment was rolled back";
}

TEST_F(BooksFromLogTest, FindsEveryDocumentThatOneIsTiedTo) {
  auto ledger = Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "7"), IssueInvoice("A", 2, "7"),
                            ReceivePayment("A", 9), ReceivePayment("A", 5)));
  RecordAll(*ledger, ListOf(ApplyPayment("a1", "P9", "I1", "5"), ApplyPayment("a2", "P9", "I2", "4"),
                            ApplyPayment("a3", "P5", "I2", "1")));
  Fill(*ledger);
  ledger.reset();
  ledger = Open();
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a4", "P5", "I1", "3")), "refused more_than_open");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a5", "P5", "I2", "3")), "refused more_than_open");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a6", "P5", "I2", "2")), "recorded 70");
}

}  // namespace
}  // namespace duebook
