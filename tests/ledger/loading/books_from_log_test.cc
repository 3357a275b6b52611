// A ledger that was opened again decides as if it had never been closed, though its books are made piece by piece.

#include "ledger/loading/books_from_log.h"

#include <gmock/gmock.h>

#include "projections/tracks.h"
#include "tests/support/held_loading.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;

class BooksFromLogTest : public testing::Test {
 protected:
  // Folds so short that most of the log is in them.
  std::unique_ptr<Ledger> Open(LoadingLimits loading = {}) const {
    LedgerOptions options;
    options.loading = std::move(loading);
    options.tracks = MakeAllTracks;
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

  // The ledger of customer A with 7 open of I1 and 9 unapplied of P9, closed again.
  void MakeLedger() const {
    auto ledger = Open();
    RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "7"), ReceivePayment("A", 9)));
    Fill(*ledger);
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

// Ann may close 5 in a month. Of the 3 and 2 from before the opening the 2 were reversed, so that 2 are left.
TEST_F(BooksFromLogTest, KnowWhatAPersonClosedBeforeTheyWereOpened) {
  const auto difference = [](std::string_view number, std::string_view amount) {
    return MakeTestCommand({{"type", "DifferenceClosed"},
                            {"id", number},
                            {"date", "2025-02-02"},
                            {"actor", "ann"},
                            {"difference", number},
                            {"payment", number},
                            {"amount", amount},
                            {"reason", "rounding"}});
  };
  const auto payment = [](std::string_view number, std::string_view amount) {
    return MakeTestCommand({{"type", "PaymentReceived"},
                            {"id", std::string("p").append(number)},
                            {"date", "2025-01-05"},
                            {"customer", "A"},
                            {"payment", number},
                            {"amount", amount},
                            {"actor", "dee"}});
  };
  auto ledger = Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"),
                            MakeTestCommand({{"type", "TolerancePolicySet"},
                                             {"id", "t"},
                                             {"date", "2025-01-01"},
                                             {"amount", "3"},
                                             {"per_month", "5"}}),
                            payment("D1", "3"), payment("D2", "2"), payment("D3", "2.01"), payment("D4", "2")));
  RecordAll(*ledger,
            ListOf(difference("D1", "3"), difference("D2", "2"),
                   MakeTestCommand({{"type", "EventReversed"}, {"id", "r"}, {"date", "2025-02-03"}, {"event", "D2"}})));
  Fill(*ledger);
  ledger.reset();
  ledger = Open();
  EXPECT_THAT(RecordAll(*ledger, ListOf(difference("D3", "2.01"), difference("D4", "2"))),
              ElementsAre("refused over_tolerance", "recorded 71"));
}

// The limit is 100; 60 are shipped before the opening, of which 20 were returned, and 30 since. The approval was taken
// back and given again before it, so that it is not given once more.
TEST_F(BooksFromLogTest, JudgeShipmentsByWhatWasThereBeforeTheOpeningAndSince) {
  const auto approval = [](std::string_view id, std::string_view date) {
    return MakeTestCommand(
        {{"type", "CustomerApproved"}, {"id", id}, {"date", date}, {"customer", "A"}, {"actor", "bob"}});
  };
  const auto shipment = [](std::string_view number, std::string_view amount) {
    return MakeTestCommand({{"type", "ShipmentRecorded"},
                            {"id", number},
                            {"date", "2025-02-02"},
                            {"customer", "A"},
                            {"shipment", number},
                            {"amount", amount}});
  };
  auto ledger = Open();
  RecordAll(
      *ledger,
      ListOf(
          OpenCustomer("A"), approval("a1", "2025-01-02"),
          MakeTestCommand(
              {{"type", "EventReversed"}, {"id", "r1"}, {"date", "2025-01-03"}, {"customer", "A"}, {"event", "a1"}}),
          approval("a2", "2025-01-04"),
          MakeTestCommand(
              {{"type", "CreditLimitSet"}, {"id", "l"}, {"date", "2025-01-04"}, {"customer", "A"}, {"limit", "100"}}),
          MakeTestCommand({{"type", "CreditPolicySet"}, {"id", "p"}, {"date", "2025-01-04"}}), shipment("S1", "60"),
          MakeTestCommand({{"type", "ShipmentReturned"},
                           {"id", "b1"},
                           {"date", "2025-02-02"},
                           {"shipment", "S1"},
                           {"amount", "20"}})));
  Fill(*ledger);
  ledger.reset();
  ledger = Open();
  EXPECT_EQ(RecordOne(*ledger, approval("a3", "2025-01-05")), "refused approved_twice");
  EXPECT_THAT(RecordAll(*ledger, ListOf(shipment("S2", "60.01"), shipment("S3", "30"), shipment("S4", "30.01"),
                                        shipment("S5", "30"))),
              ElementsAre("refused over_limit", "recorded 70", "refused over_limit", "recorded 71"));
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

// Bill N-1 came in from A, was given back, and came in from B. Payment P900 of A is tied to more documents than are
// found one by one, so that A is read as a whole.
TEST_F(BooksFromLogTest, ABillThatCameInAgainFromAnotherCustomerIsTakenWhoeverIsAskedFirst) {
  const auto by_bill = [](std::string_view customer, std::string_view number, std::string_view date) {
    return MakeTestCommand({{"type", "PaymentReceived"},
                            {"id", number},
                            {"date", date},
                            {"customer", customer},
                            {"payment", number},
                            {"amount", "10"},
                            {"method", "bank_acceptance"},
                            {"bill", "N-1"},
                            {"bill_due", "2025-06-30"}});
  };
  auto ledger = Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), OpenCustomer("B"), by_bill("A", "P1", "2025-01-03"),
                            ReversePayment("x1", "P1"), by_bill("B", "P2", "2025-01-04"), ReceivePayment("A", 900)));
  for (uint64_t n = 1; n <= 250; n++) {
    const std::string digits = std::to_string(n);
    RecordAll(*ledger, ListOf(IssueInvoice("A", n, "1"), ApplyPayment("a" + digits, "P900", "I" + digits, "1")));
  }
  Fill(*ledger);
  ledger.reset();
  for (const bool is_first_asked_of_a : {true, false}) {
    ledger = Open({1'000'000, 1, {}});
    if (is_first_asked_of_a) {
      EXPECT_EQ(RecordOne(*ledger, ApplyPayment("b", "P900", "I1", "1")), "refused more_than_open");
    }
    EXPECT_EQ(RecordOne(*ledger, by_bill("A", "P3", "2025-01-05")), "refused duplicate_number");
    ledger.reset();
  }
}

// --- while all books are loaded ---

TEST_F(BooksFromLogTest, DecidesWhileTheBooksAreLoadedAsItDoesAfterwards) {
  MakeLedger();
  HeldLoading loading(3);
  auto ledger = Open(loading.Limits());
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a1", "P9", "I1", "4")), "recorded 65");
  ASSERT_TRUE(loading.WaitUntilHeld());
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a2", "P9", "I1", "4")), "refused more_than_open");
  EXPECT_EQ(RecordOne(*ledger, IssueInvoice("A", 2, "3")), "recorded 66");
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 9)), "duplicate 3");
  loading.GoOn();
  ASSERT_TRUE(loading.WaitUntilDone());
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a3", "P9", "I1", "4")), "refused more_than_open");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a4", "P9", "I2", "3")), "recorded 67");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a5", "P9", "I1", "3")), "refused more_than_unapplied");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a6", "P9", "I1", "2")), "recorded 68");
  ExpectSound(ledger->log());
}

TEST_F(BooksFromLogTest, IdsAreFoundFromBeforeTheOpeningWhileLoadingAndSince) {
  MakeLedger();
  HeldLoading loading(3);
  auto ledger = Open(loading.Limits());
  EXPECT_EQ(RecordOne(*ledger, IssueInvoice("A", 2, "3")), "recorded 65");
  ASSERT_TRUE(loading.WaitUntilHeld());
  loading.GoOn();
  ASSERT_TRUE(loading.WaitUntilDone());
  EXPECT_EQ(RecordOne(*ledger, IssueInvoice("A", 3, "3")), "recorded 66");
  EXPECT_THAT(RecordAll(*ledger, ListOf(IssueInvoice("A", 1, "7"), ReceivePayment("Z", 1059), IssueInvoice("A", 2, "3"),
                                        IssueInvoice("A", 3, "3"), IssueInvoice("A", 1, "8"), IssueInvoice("A", 2, "8"),
                                        IssueInvoice("A", 3, "8"))),
              ElementsAre("duplicate 2", "duplicate 64", "duplicate 65", "duplicate 66", "refused id_conflict",
                          "refused id_conflict", "refused id_conflict"));
}

TEST_F(BooksFromLogTest, ATransactionGoesOnWithLoadedBooksAndIsUndoneAsAWhole) {
  MakeLedger();
  HeldLoading loading(3);
  auto ledger = Open(loading.Limits());
  {
    auto transaction = ledger->Begin();
    ASSERT_TRUE(transaction.ok());
    const auto stage = [&](Command command) { return Said(*transaction->Stage(command)); };
    EXPECT_EQ(stage(ApplyPayment("a1", "P9", "I1", "4")), "recorded 65");
    EXPECT_EQ(stage(IssueInvoice("A", 2, "3")), "recorded 66");
    ASSERT_TRUE(loading.WaitUntilHeld());
    loading.GoOn();
    ASSERT_TRUE(loading.WaitUntilDone());
    EXPECT_EQ(stage(ApplyPayment("a2", "P9", "I1", "4")), "refused more_than_open");
    EXPECT_EQ(stage(ApplyPayment("a3", "P9", "I1", "3")), "recorded 67");
    EXPECT_EQ(stage(ApplyPayment("a4", "P9", "I2", "2")), "recorded 68");
  }
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a5", "P9", "I2", "1")), "refused unknown_reference");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a1", "P9", "I1", "7")), "recorded 65");
}

TEST_F(BooksFromLogTest, WhoExpectsMuchWaitsForTheBooks) {
  MakeLedger();
  std::atomic<uint64_t> done = 0;
  auto ledger = Open({100'000, 1, [&](uint64_t seq) { done = std::max<uint64_t>(done, seq); }});
  EXPECT_EQ(RecordOne(*ledger, IssueInvoice("A", 2, "3")), "recorded 65");
  ledger->Expect(10);
  EXPECT_EQ(done, 0U) << "that is not much";
  ledger->Expect(1'000);
  EXPECT_EQ(done, 65U);
  EXPECT_EQ(RecordOne(*ledger, IssueInvoice("A", 2, "3")), "duplicate 65");
}

// An event that names what is not there, put into the log behind the ledger's back.
TEST_F(BooksFromLogTest, DamageThatLoadingFindsIsTold) {
  MakeLedger();
  {
    auto log = EventLog::Open(folder_.path(), EventLog::Mode::kWrite, TestStore());
    ASSERT_TRUE(log.ok());
    Command forged = ApplyPayment("a1", "P8", "I8", "4");
    forged.SetSequence((*log)->last_seq() + 1, (*log)->state().last_recorded_at);
    ASSERT_TRUE((*log)->Append(std::vector<std::string>{forged.TakeBytes()}).ok());
  }
  auto ledger = Open({0, 1'000'000, {}});
  ledger->Expect(1);
  EXPECT_EQ(RecordOne(*ledger, IssueInvoice("A", 2, "3")), "failed");
  const auto transaction = ledger->Begin();
  ASSERT_FALSE(transaction.ok());
  EXPECT_EQ(transaction.error().code, ErrorCode::kDamaged);
  EXPECT_THAT(transaction.error().sentence, testing::HasSubstr("event 65"));
}

TEST_F(BooksFromLogTest, LoadingThatIsStoppedEndsWithTheEventAtWhichItIs) {
  MakeLedger();
  const auto log = folder_.OpenForReading();
  std::vector<uint64_t> seqs;
  HeldLoading held(3);
  const auto on_next = [&](uint64_t seq) {
    seqs.push_back(seq);
    held.Limits().on_next(seq);
  };
  {
    BooksLoading loading(*log, Books(), log->last_seq(), on_next);
    ASSERT_TRUE(held.WaitUntilHeld());
    loading.Stop();
    held.GoOn();
  }
  EXPECT_THAT(seqs, ElementsAre(1, 2, 3, 0));
}

}  // namespace
}  // namespace duebook
