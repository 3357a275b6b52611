#include "ledger/books/record_shelf.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ledger/books/books.h"
#include "ledger/events/general.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

std::string BytesOf(size_t number) { return fmt::format("{}{}", number, std::string(number % 200, 'x')); }

TEST(RecordShelf, GivesBackWhatWasPutThere) {
  const TemporaryFolder folder;
  const auto shelf = RecordShelf::Make(folder.path());
  ASSERT_NE(shelf, nullptr);
  std::vector<uint32_t> places;
  for (size_t number = 0; number < 3000; number++) {
    const auto place = shelf->Put(BytesOf(number));
    ASSERT_TRUE(place.has_value());
    places.push_back(*place);
  }
  for (size_t number = places.size(); number-- > 0;) {
    const auto bytes = shelf->Read(places[number]);
    ASSERT_TRUE(bytes.ok()) << bytes.error().ToString();
    EXPECT_EQ(*bytes, BytesOf(number));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "the file has no name";
}

TEST(RecordShelf, TakesNothingTooLarge) {
  const TemporaryFolder folder;
  const auto shelf = RecordShelf::Make(folder.path());
  EXPECT_FALSE(shelf->Put(std::string(RecordShelf::kMostBytes + 1, 'x')).has_value());
  EXPECT_TRUE(shelf->Put(std::string(RecordShelf::kMostBytes, 'x')).has_value());
}

TEST(RecordShelf, IsNoneWhereThereIsNoFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(RecordShelf::Make(folder / "missing"), nullptr);
}

// The descriptor that the next file to be opened gets.
int NextDescriptor() {
  const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::close(descriptor);
  return descriptor;
}

TEST(RecordShelf, BytesThatWereChangedAreTold) {
  const TemporaryFolder folder;
  const int descriptor = NextDescriptor();
  const auto shelf = RecordShelf::Make(folder.path());
  std::vector<uint32_t> places;
  for (size_t number = 0; number < 1000; number++) places.push_back(*shelf->Put(BytesOf(number)));
  ASSERT_EQ(::pwrite(descriptor, "?", 1, static_cast<off_t>(places[20]) * 8 + 6), 1);
  EXPECT_TRUE(shelf->Read(places[19]).ok());
  const auto changed = shelf->Read(places[20]);
  ASSERT_FALSE(changed.ok());
  EXPECT_EQ(changed.error().code, ErrorCode::kUnavailable);
}

// Every write to it fails as on a full disk.
void FillDisk(int descriptor) {
  const int full = ::open("/dev/full", O_RDWR | O_CLOEXEC);
  ASSERT_GE(full, 0);
  ASSERT_EQ(::dup2(full, descriptor), descriptor);
  ::close(full);
}

TEST(RecordShelf, KeepsWhatAFullDiskDoesNotTakeAndTakesNoMore) {
  const TemporaryFolder folder;
  const int descriptor = NextDescriptor();
  const auto shelf = RecordShelf::Make(folder.path());
  FillDisk(descriptor);
  std::vector<uint32_t> places;
  for (size_t number = 0; number < 3000; number++) {
    if (const auto place = shelf->Put(BytesOf(number))) places.push_back(*place);
  }
  EXPECT_GT(places.size(), 300U);
  EXPECT_LT(places.size(), 3000U);
  EXPECT_FALSE(shelf->Put("x").has_value());
  for (size_t number = 0; number < places.size(); number++) {
    const auto bytes = shelf->Read(places[number]);
    ASSERT_TRUE(bytes.ok()) << number;
    EXPECT_EQ(*bytes, BytesOf(number));
  }
}

// A ledger that keeps two records in memory.
class PutAwayTest : public testing::Test {
 protected:
  static LedgerOptions Two() {
    LedgerOptions options;
    options.records_in_memory = 2;
    return options;
  }
  // Puts away all that can be: for each event the ledger looks at a few records.
  static void PutAllAway(Ledger& ledger, uint64_t first) {
    for (uint64_t number = first; number < first + 30; number++) RecordOne(ledger, ReceivePayment("A", number));
  }

  const LedgerFolder folder_;
};

TEST_F(PutAwayTest, DocumentsAreAsTheyWere) {
  const auto ledger = folder_.Open(Two());
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "7"), ReceivePayment("A", 9)));
  PutAllAway(*ledger, 100);
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a1", "P9", "I1", "5")), "recorded 34");
  PutAllAway(*ledger, 200);
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a2", "P9", "I1", "3")), "refused more_than_open");
  EXPECT_EQ(RecordOne(*ledger, IssueInvoice("A", 2, "9")), "recorded 65");
  PutAllAway(*ledger, 300);
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a3", "P9", "I2", "5")), "refused more_than_unapplied");
  PutAllAway(*ledger, 400);
  EXPECT_EQ(RecordOne(*ledger, ReversePayment("r", "P9")), "recorded 127") << "a1 is reversed first, by event 126";
  PutAllAway(*ledger, 500);
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a4", "P300", "I1", "2")), "recorded 158");
  EXPECT_EQ(RecordOne(*ledger, ReversePayment("r2", "P101")), "recorded 159");
  PutAllAway(*ledger, 600);
  EXPECT_EQ(RecordOne(*ledger, ReversePayment("r3", "P101")), "refused already_reversed");
  ExpectSound(ledger->log());
}

TEST_F(PutAwayTest, ATransactionThatIsDroppedLeavesThemAsTheyWere) {
  const auto ledger = folder_.Open(Two());
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "7"), ReceivePayment("A", 9)));
  PutAllAway(*ledger, 100);
  {
    auto transaction = ledger->Begin();
    ASSERT_TRUE(transaction.ok());
    Command apply = ApplyPayment("a1", "P9", "I1", "5");
    EXPECT_TRUE(std::holds_alternative<Recorded>(*transaction->Stage(apply)));
    for (uint64_t number = 200; number < 230; number++) {
      Command payment = ReceivePayment("A", number);
      EXPECT_TRUE(std::holds_alternative<Recorded>(*transaction->Stage(payment)));
    }
  }
  PutAllAway(*ledger, 200);
  EXPECT_EQ(RecordOne(*ledger, ApplyPayment("a1", "P9", "I1", "7")), "recorded 64");
}

TEST_F(PutAwayTest, FewStayInMemory) {
  const auto ledger = folder_.Open();
  std::vector<MadeCommand> commands = ListOf(OpenCustomer("A"));
  for (uint64_t number = 1; number <= 300; number++) commands.push_back(IssueInvoice("A", number, "7"));
  ASSERT_TRUE(ledger->Record(commands).ok());
  const TemporaryFolder shelf;
  Books books;
  books.KeepInMemory(20, shelf.path());
  const auto evolve = [&](EventView event) {
    Evolve(books, event);
    books.PutAway();
    EXPECT_LE(books.records_in_memory(), 24U) << event.seq();
    return true;
  };
  ASSERT_TRUE(ledger->log().Scan(1, 301, evolve).ok());
  for (uint64_t number = 1; number <= 300; number++) {
    EXPECT_NE(books.FindDocument(DocumentKind::kInvoice, fmt::format("I{}", number)).As<Invoice>(), nullptr);
  }
  EXPECT_TRUE(books.status().ok());
}

// This process's file without a name in the folder.
int DescriptorOfShelf(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    const std::filesystem::path file = std::filesystem::read_symlink(entry.path(), error);
    if (!error && file.parent_path() == folder && file.string().ends_with(" (deleted)")) {
      return std::stoi(entry.path().filename().string());
    }
  }
  return -1;
}

// Records more than stays behind what is written to the file.
void FillShelf(Ledger& ledger) {
  std::vector<MadeCommand> commands;
  for (uint64_t number = 100; number < 2100; number++) commands.push_back(ReceivePayment("A", number));
  ASSERT_TRUE(ledger.Record(commands).ok());
}

// Takes from the ledger in this folder what it put away.
void LoseShelf(const std::filesystem::path& folder) {
  const int shelf = DescriptorOfShelf(folder);
  ASSERT_GE(shelf, 0);
  ASSERT_EQ(::ftruncate(shelf, 0), 0);
}

// Whoever asks for a document is not told that there is none.
TEST_F(PutAwayTest, WhatCannotBeReadAgainEndsTheLedger) {
  const auto ledger = folder_.Open(Two());
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "7"), ReceivePayment("A", 9)));
  FillShelf(*ledger);
  LoseShelf(folder_.path());
  const auto outcome = ledger->Record(ApplyPayment("a1", "P9", "I1", "5"));
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(RecordOne(*ledger, OpenCustomer("B")), "failed");
}

// A command, and which of the documents that it takes to decide it are in memory again: their kinds and numbers. A
// write-off is never put away.
struct LostParent {
  Command command;
  std::vector<std::pair<std::string, std::string>> in_memory;
};

std::vector<LostParent> LostParents() {
  return {
      {MakeTestCommand(
           {{"type", "WriteOffApproved"}, {"id", "w2"}, {"date", "2025-01-04"}, {"write_off", "W1"}, {"actor", "bob"}}),
       {}},
      {MakeTestCommand(
           {{"type", "EventReversed"}, {"id", "r"}, {"date", "2025-01-04"}, {"event", "d1"}, {"reason", "x"}}),
       {{"event", "d1"}}},
      {ReversePayment("r", "P9"), {{"payment", "P9"}}},
      {ReversePayment("r", "P9"), {{"payment", "P9"}, {"application", "a1"}}},
  };
}

// Rules take it for granted that what a document names is there.
TEST_F(PutAwayTest, ADocumentOfWhichAnotherCannotBeReadAgainEndsTheLedger) {
  for (LostParent& lost : LostParents()) {
    const LedgerFolder folder;
    const auto ledger = folder.Open(Two());
    RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "9"), ReceivePayment("A", 9),
                              ApplyPayment("a1", "P9", "I1", "5"),
                              MakeTestCommand({{"type", "DebitNoteIssued"},
                                               {"id", "d1"},
                                               {"date", "2025-01-03"},
                                               {"debit_note", "D1"},
                                               {"invoice", "I1"},
                                               {"amount", "1"}}),
                              MakeTestCommand({{"type", "WriteOffRequested"},
                                               {"id", "w1"},
                                               {"date", "2025-01-03"},
                                               {"write_off", "W1"},
                                               {"invoice", "I1"},
                                               {"amount", "1"},
                                               {"reason", "x"},
                                               {"actor", "ann"}})));
    FillShelf(*ledger);
    for (const auto& [kind, number] : lost.in_memory) {
      const Rejection asked_for{RejectionCode::kUnknownReference, "", "", "", kind, number};
      ASSERT_TRUE(ledger->IntroducedSince(asked_for)->has_value()) << kind << ' ' << number;
    }
    LoseShelf(folder.path());
    const auto outcome = ledger->Record(std::move(lost.command));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, ErrorCode::kUnavailable);
  }
}

}  // namespace
}  // namespace duebook
