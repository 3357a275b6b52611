// What the ledger answers: to new events, to retries, to conflicts, and when it answers.

#include "ledger/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;

Command AddNote(std::string_view id, std::string_view text) {
  return MakeTestCommand(
      {{"type", "NoteAdded"}, {"id", id}, {"date", "2025-01-01"}, {"customer", "A"}, {"text", text}});
}

TEST(Ledger, AnswersARetryWithTheFirstSeq) {
  const LedgerFolder folder;
  auto ledger = folder.Open();
  EXPECT_THAT(RecordAll(*ledger, ListOf(OpenCustomer("A"), ReceivePayment("A", 1), ReceivePayment("A", 1))),
              ElementsAre("recorded 1", "recorded 2", "duplicate 2"));
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 1)), "duplicate 2");
  ledger.reset();
  ledger = folder.Open();
  EXPECT_THAT(RecordAll(*ledger, ListOf(ReceivePayment("A", 1), ReceivePayment("A", 2), OpenCustomer("A"))),
              ElementsAre("duplicate 2", "recorded 3", "duplicate 1"));
  EXPECT_EQ(ledger->log().last_seq(), 3U);
}

// The retry stands even if the books have moved on and would refuse the event by now.
TEST(Ledger, AnswersARetryThatWouldBeRefusedIfItWereNew) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "5"), ReceivePayment("A", 9)));
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a1", "P9", "I1", "5")), "recorded 4");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a2", "P9", "I1", "1")), "refused more_than_open");
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a1", "P9", "I1", "5")), "duplicate 4");
}

TEST(Ledger, RefusesAnIdThatStandsForOtherContent) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), OpenCustomer("B"), AddNote("n", "one")));
  EXPECT_THAT(
      RecordAll(*ledger, ListOf(AddNote("n", "two"), AddNote("open-A", "one"), AddNote("m", "one"), AddNote("m", "two"),
                                AddNote("n", "one"))),
      ElementsAre("refused id_conflict", "refused id_conflict", "recorded 4", "refused id_conflict", "duplicate 3"));
  const auto outcome = ledger->Record(AddNote("n", "two"));
  const Rejection& rejection = std::get<Rejection>(*outcome);
  EXPECT_EQ(rejection.sentence,
            "event id n is that of event 3, a NoteAdded of 2025-01-01 with other content, from test.csv:2");
  EXPECT_EQ(rejection.field, "id");
}

TEST(Ledger, ExpectingEventsChangesNothing) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  for (const size_t events : {size_t{0}, size_t{1000}, std::numeric_limits<size_t>::max()}) {
    ledger->Expect(events);
    RecordOne(*ledger, OpenCustomer(std::to_string(events)));
  }
  EXPECT_THAT(RecordAll(*ledger, ListOf(OpenCustomer("0"), IssueInvoice("1000", 1, "5"))),
              ElementsAre("duplicate 1", "recorded 4"));
}

TEST(Ledger, ARefusalCostsOnlyItself) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  EXPECT_THAT(RecordAll(*ledger, ListOf(OpenCustomer("A"), ReceivePayment("B", 1), ReceivePayment("A", 2))),
              ElementsAre("recorded 1", "refused unknown_reference", "recorded 2"));
  EXPECT_THAT(RecordAll(*ledger, {}), ElementsAre());
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 3)), "recorded 3");
  ExpectSound(ledger->log());
}

TEST(Ledger, AllOrNothingRecordsNothingIfOneIsRefused) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "10")));
  const auto all = [&](std::string_view amount) {
    return RecordAll(*ledger, ListOf(ReceivePayment("A", 9), ApplyPayment("a1", "P9", "I1", amount), OpenCustomer("A")),
                     Admission::kAllOrNothing);
  };
  // Each is told what it would have been, so that all faults are seen at once.
  EXPECT_THAT(all("9.01"), ElementsAre("recorded 3", "refused more_than_unapplied", "duplicate 1"));
  EXPECT_EQ(ledger->log().last_seq(), 2U);
  EXPECT_THAT(all("9"), ElementsAre("recorded 3", "recorded 4", "duplicate 1"));
  EXPECT_EQ(folder.OpenForReading()->last_seq(), 4U);
  ExpectSound(ledger->log());
}

// --- one command, several events ---

// A bounced payment first undoes its applications.
TEST(Ledger, TellsTheFirstOfTheEventsThatOneCommandMade) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger,
            ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "5"), IssueInvoice("A", 2, "5"), ReceivePayment("A", 8),
                   ApplyPayment("a1", "P8", "I1", "5"), ApplyPayment("a2", "P8", "I2", "3")));
  const auto outcome = ledger->Record(ReversePayment("bounce", "P8"));
  const auto& recorded = std::get<Recorded>(*outcome);
  EXPECT_EQ(recorded.first_seq, 7U);
  EXPECT_EQ(recorded.seq, 9U);
  EXPECT_EQ(RecordOne(*ledger, ReversePayment("bounce", "P8")), "duplicate 9");
  EXPECT_EQ(ledger->log().Get(9)->view().type(), EventType::PaymentReversed);
  EXPECT_EQ(ledger->log().Find(DocumentKey(DocumentKind::kApplication, "a2")).value(), (std::vector<uint64_t>{6, 8}));
  ExpectSound(ledger->log());
}

TEST(Ledger, RefusesWhollyWhatWouldNeedAnIdThatIsTaken) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "5"), ReceivePayment("A", 8),
                            ApplyPayment("a1", "P8", "I1", "2"), ApplyPayment("a2", "P8", "I1", "3"),
                            AddNote("bounce:2", "in the way")));
  EXPECT_EQ(RecordOne(*ledger, ReversePayment("bounce", "P8")), "refused id_conflict");
  EXPECT_EQ(RecordOne(*ledger, ReversePayment("bounce-again", "P8")), "recorded 9");
  ExpectSound(ledger->log());
}

// --- in two steps ---

TEST(Ledger, WhatIsSubmittedIsThereWhenItsCommitIsDurable) {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  std::vector<MadeCommand> commands = ListOf(OpenCustomer("A"), ReceivePayment("A", 1));
  const auto first = ledger->Submit(commands);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(Said(first->outcomes[1]), "recorded 2");
  EXPECT_EQ(folder.OpenForReading()->last_seq(), 0U);
  // The answer to a retry waits for the same commit: it says that the event is safe.
  MadeCommand retry = ReceivePayment("A", 1);
  const auto again = ledger->Submit({&retry, 1});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(Said(again->outcomes[0]), "duplicate 2");
  ASSERT_TRUE(ledger->WaitUntilDurable(again->commit).ok());
  EXPECT_EQ(folder.OpenForReading()->last_seq(), 2U);
  EXPECT_TRUE(ledger->WaitUntilDurable(first->commit).ok());
}

TEST(Ledger, WhatIsSubmittedOneAfterTheOtherSharesACommit) {
  const LedgerFolder folder;
  int64_t now = 100;
  LedgerOptions options;
  options.clock = [&] { return Time{now++}; };
  const auto ledger = folder.Open(std::move(options));
  uint64_t commit = 0;
  for (MadeCommand& command : ListOf(OpenCustomer("A"), ReceivePayment("A", 1), ReceivePayment("A", 2))) {
    commit = ledger->Submit({&command, 1})->commit;
  }
  ASSERT_TRUE(ledger->WaitUntilDurable(commit).ok());
  EXPECT_EQ(ledger->log().Get(1)->view().recorded_at(), ledger->log().Get(3)->view().recorded_at());
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 3)), "recorded 4");
  EXPECT_LT(ledger->log().Get(3)->view().recorded_at(), ledger->log().Get(4)->view().recorded_at());
}

TEST(Ledger, WhatNobodyWaitedForIsNotThere) {
  const LedgerFolder folder;
  {
    const auto ledger = folder.Open();
    EXPECT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
    MadeCommand command = ReceivePayment("A", 1);
    ASSERT_TRUE(ledger->Submit({&command, 1}).ok());
  }
  const auto ledger = folder.Open();
  EXPECT_EQ(ledger->log().last_seq(), 1U);
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 2)), "recorded 2");
  ExpectSound(ledger->log());
}

}  // namespace
}  // namespace duebook
