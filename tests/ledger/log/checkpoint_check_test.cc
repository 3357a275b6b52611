// What checkpoints are for: a past that was rewritten as a whole, with all hashes made again, and a ledger that was put
// back to an earlier state.

#include "ledger/log/checkpoint_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/log/key_file.h"
#include "ledger/log/keys_of_log.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

// What verification says, "" if nothing: what is wrong first, then what is missing.
std::string Complaint(const std::filesystem::path& ledger, std::vector<ForeignCheckpoint> foreign = {}) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kVerify);
  if (!log.ok()) return log.error().ToString();
  VerificationOptions options;
  options.checkpoints = std::move(foreign);
  const auto verified = VerifyLedger(**log, options);
  if (!verified.ok()) return verified.error().ToString();
  return verified->fault.has_value() ? verified->fault->sentence : SentenceOnMissing(verified->missing_checkpoints);
}

SigningKey KeyOf(const std::filesystem::path& ledger, const std::filesystem::path& file) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kRead);
  return ReadLedgerKey(*KeysOf(**log), file).value();
}

std::string SignNow(const std::filesystem::path& ledger) {
  const auto log = EventLog::Open(ledger, EventLog::Mode::kRead).value()->state();
  const auto identity = EventLog::Open(ledger, EventLog::Mode::kRead).value()->identity();
  const auto key = KeyOf(ledger, ledger / "key");
  return SignCheckpoint({OriginOf(identity), log.last_seq, log.tree.Root()}, key);
}

// Seven events; the fourth and the last close periods.
class KeptCheckpoints : public testing::Test {
 protected:
  KeptCheckpoints() {
    const auto ledger = folder_.Open();
    EXPECT_EQ(RecordOne(*ledger, OpenCustomer("A")), "recorded 1");
    EXPECT_THAT(RecordAll(*ledger, ListOf(ReceivePayment("A", 1), ReceivePayment("A", 2),
                                          ClosePeriod("c1", "2024-12-31"), ReceivePayment("A", 3))),
                SizeIs(4));
    EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 4)), "recorded 6");
    EXPECT_EQ(RecordOne(*ledger, ClosePeriod("c2", "2025-01-01")), "recorded 7");
  }

  // Makes the ledger again with other bytes in one event, and everything that follows from it, as somebody could who
  // holds the disk but not the key.
  void Rewrite(const std::string& from, const std::string& to) {
    std::vector<std::string> events;
    const auto log = folder_.OpenForReading();
    const LedgerIdentity identity = log->identity();
    EXPECT_TRUE(log->Scan(1, log->last_seq(),
                          [&](EventView event) {
                            std::string bytes(event.bytes());
                            ReplaceText(&bytes, from, to);
                            events.push_back(std::move(bytes));
                            return true;
                          })
                    .ok());
    std::filesystem::remove_all(ledger_ / "store");
    const TemporaryFolder forgery;
    ASSERT_TRUE(EventLog::Create(forgery / "ledger", identity).ok());
    {
      const auto forged = EventLog::Open(forgery / "ledger", EventLog::Mode::kWrite);
      ASSERT_TRUE(forged.ok());
      for (const std::string& bytes : events) {
        ASSERT_TRUE((*forged)->Append(std::span(&bytes, 1)).ok());
      }
    }
    std::filesystem::copy(forgery / "ledger" / "store", ledger_ / "store", std::filesystem::copy_options::recursive);
    std::filesystem::copy_file(forgery / "ledger" / "END", ledger_ / "END",
                               std::filesystem::copy_options::overwrite_existing);
  }

  LedgerFolder folder_;
  const std::filesystem::path ledger_ = folder_.path();
};

TEST_F(KeptCheckpoints, AreMadeAtEachCloseOfAPeriodInStoreAndFolder) {
  const auto kept = folder_.OpenForReading()->KeptCheckpoints();
  ASSERT_TRUE(kept.ok());
  ASSERT_THAT(*kept, SizeIs(4));
  for (const auto& [store, file, size] : {std::tuple{0, 1, 4U}, std::tuple{2, 3, 7U}}) {
    EXPECT_EQ(kept->at(store).note, kept->at(file).note);
    EXPECT_EQ(kept->at(store).size, size);
    EXPECT_EQ(kept->at(file).file, (ledger_ / "checkpoints" / std::to_string(size)).string());
  }
  EXPECT_EQ(Complaint(ledger_), "");
}

TEST_F(KeptCheckpoints, AFileThatIsGoneIsMadeAgainFromTheStore) {
  std::filesystem::remove_all(ledger_ / "checkpoints");
  EXPECT_EQ(Complaint(ledger_), "");
  folder_.Open();
  EXPECT_THAT(*folder_.OpenForReading()->KeptCheckpoints(), SizeIs(4));
}

TEST_F(KeptCheckpoints, CatchAnEventRewrittenWithAllLaterHashes) {
  Rewrite("P2", "PX");
  EXPECT_THAT(Complaint(ledger_), HasSubstr("events 1 to 4: they are not those of the checkpoint"));
  // Without the files the store has none, and closes of periods ask for them.
  std::filesystem::remove_all(ledger_ / "checkpoints");
  EXPECT_THAT(Complaint(ledger_), HasSubstr("events 4, 7 close a period, and no checkpoint of that is kept"));
}

TEST_F(KeptCheckpoints, TellBetweenWhichOfThemTheEventWasRewritten) {
  Rewrite("P3", "PX");
  EXPECT_THAT(Complaint(ledger_), HasSubstr("events 5 to 7: they are not those of the checkpoint"));
}

TEST_F(KeptCheckpoints, CatchAStoreThatWasPutBackToAnEarlierState) {
  const TemporaryFolder earlier;
  std::filesystem::copy(ledger_ / "store", earlier / "store", std::filesystem::copy_options::recursive);
  std::filesystem::copy(ledger_ / "END", earlier / "END");
  EXPECT_THAT(RecordAll(*folder_.Open(), ListOf(ReceivePayment("A", 5), ClosePeriod("c3", "2025-01-31"))), SizeIs(2));
  std::filesystem::remove_all(ledger_ / "store");
  std::filesystem::copy(earlier / "store", ledger_ / "store", std::filesystem::copy_options::recursive);
  EXPECT_THAT(Complaint(ledger_), HasSubstr("END says that a session ended with 9 events, so events 8 to 9 are lost"));
  // With the record of the end, too.
  std::filesystem::copy_file(earlier / "END", ledger_ / "END", std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(Complaint(ledger_), HasSubstr("checkpoints/9 was signed over 9 events, so events 8 to 9 are lost"));
}

TEST_F(KeptCheckpoints, CatchEveryFlippedBitInTheirFiles) {
  const auto path = ledger_ / "checkpoints" / "7";
  const std::string bytes = ReadWholeFile(path);
  for (size_t bit = 0; bit < bytes.size() * 8; bit += 7) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    std::ofstream(path, std::ios::binary) << flipped;
    EXPECT_THAT(Complaint(ledger_), HasSubstr("a checkpoint is not right")) << bit;
  }
}

TEST_F(KeptCheckpoints, OfAnotherSizeThanTheyAreKeptUnderAreNotRight) {
  std::filesystem::rename(ledger_ / "checkpoints" / "7", ledger_ / "checkpoints" / "6");
  EXPECT_THAT(Complaint(ledger_), HasSubstr("it is kept as one of 6 events and speaks of 7"));
}

TEST_F(KeptCheckpoints, FromOutsideAreHeldAgainstTheLedgerToo) {
  const ForeignCheckpoint foreign{"auditor", SignNow(ledger_)};
  EXPECT_EQ(Complaint(ledger_, {foreign}), "");
  EXPECT_EQ(RecordOne(*folder_.Open(), ReceivePayment("A", 6)), "recorded 8");
  EXPECT_EQ(Complaint(ledger_, {foreign}), "");
  Rewrite("P4", "PX");
  std::filesystem::remove_all(ledger_ / "checkpoints");
  EXPECT_THAT(Complaint(ledger_, {foreign}), HasSubstr("events 1 to 7: they are not those of the checkpoint"));
}

TEST_F(KeptCheckpoints, OfAnotherLedgerOrKeyAreNotRight) {
  const LedgerFolder other;
  EXPECT_THAT(Complaint(ledger_, {{"other", SignNow(other.path())}}), HasSubstr("is not signed by"));
  const auto log = folder_.OpenForReading();
  const auto key = KeyOf(ledger_, ledger_ / "key");
  const std::string note = SignCheckpoint({"Acme/elsewhere", 7, log->state().tree.Root()}, key);
  EXPECT_THAT(Complaint(ledger_, {{"other", note}}), HasSubstr("the checkpoint is of another ledger"));
}

// The way back is an act of whoever has the key.
TEST_F(KeptCheckpoints, ThatCouldNotBeSignedAreMissedUntilTheyAreKept) {
  std::filesystem::rename(ledger_ / "key", ledger_.parent_path() / "key");
  EXPECT_EQ(RecordOne(*folder_.Open(), ClosePeriod("c3", "2025-01-31")), "recorded 8");
  EXPECT_THAT(Complaint(ledger_), HasSubstr("event 8 closes a period, and no checkpoint of that is kept"));
  StoreOptions store;
  store.key_file = ledger_.parent_path() / "key";
  const auto log = EventLog::Open(ledger_, EventLog::Mode::kWrite, store);
  ASSERT_TRUE(log.ok());
  EXPECT_THAT(*MissingCheckpoints(**log), testing::ElementsAre(8));
  const auto key = KeyOf(ledger_, store.key_file);
  EXPECT_TRUE((*log)->KeepCheckpoint(8, SignCheckpoint(*CheckpointAt(**log, 8), key)).ok());
  EXPECT_EQ(Complaint(ledger_), "");
}

TEST_F(KeptCheckpoints, ThatAreNotSignedByTheLedgerDoNotCountAsKept) {
  const auto log = EventLog::Open(ledger_, EventLog::Mode::kWrite);
  ASSERT_TRUE(log.ok());
  const uint64_t size = (*log)->last_seq();
  const auto checkpoint = CheckpointAt(**log, size);
  const std::filesystem::path file = ledger_ / "checkpoints" / std::to_string(size);
  const std::string forged = SignCheckpoint(*checkpoint, SigningKey::Generate(checkpoint->origin));
  std::ofstream(file) << forged;
  const std::string right = SignCheckpoint(*checkpoint, KeyOf(ledger_, ledger_ / "key"));
  EXPECT_THAT((*log)->KeepCheckpoint(size, right).error().sentence, HasSubstr("is not right"));
  EXPECT_EQ(ReadWholeFile(file), forged) << "it is left as it is";
  // Of row and file each is written that is not there yet.
  std::ofstream(file) << right;
  ASSERT_TRUE((*log)->KeepCheckpoint(size, right).ok());
  std::filesystem::remove(file);
  ASSERT_TRUE((*log)->KeepCheckpoint(size, right).ok());
  EXPECT_EQ(ReadWholeFile(file), right);
  EXPECT_EQ(Complaint(ledger_), "");
}

TEST_F(KeptCheckpoints, AreNotSignedWithTheKeyOfAnotherLedger) {
  const LedgerFolder other;
  LedgerOptions options;
  options.store.key_file = other.path() / "key";
  EXPECT_EQ(Ledger::Open(ledger_, options).error().code, ErrorCode::kDamaged);
  std::filesystem::copy_file(other.path() / "key", ledger_ / "key", std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(Ledger::Open(ledger_).error().sentence, HasSubstr("is not that of this ledger"));
  EXPECT_THAT(Complaint(ledger_), HasSubstr("is not that of this ledger"));
  std::ofstream(ledger_ / "key") << "PRIVATE+KEY+";
  EXPECT_THAT(Complaint(ledger_), HasSubstr("does not hold a private key"));
}

TEST(CheckpointAt, IsTheOneThatTheLedgerHadThen) {
  const LedgerFolder folder;
  std::vector<Hash> roots{folder.OpenForReading()->state().tree.Root()};
  {
    const auto ledger = folder.Open();
    RecordOne(*ledger, OpenCustomer("A"));
    roots.push_back(ledger->log().state().tree.Root());
    for (uint64_t number = 1; number < 600; number++) {
      RecordOne(*ledger, ReceivePayment("A", number));
      roots.push_back(ledger->log().state().tree.Root());
    }
  }
  const auto log = folder.OpenForReading();
  for (uint64_t size = 0; size < roots.size(); size++) EXPECT_EQ(CheckpointAt(*log, size)->root, roots[size]) << size;
}

TEST(VerifyFrom, ReadsTheNewestEventsAndTakesTheOthersAsTheyAre) {
  const LedgerFolder folder;
  {
    const auto ledger = folder.Open();
    RecordOne(*ledger, OpenCustomer("A"));
    for (uint64_t number = 1; number < 700; number += 3) {
      RecordAll(*ledger,
                ListOf(ReceivePayment("A", number), ReceivePayment("A", number + 1), ReceivePayment("A", number + 2)));
    }
  }
  const auto log = folder.OpenForReading();
  for (uint64_t first = 1; first <= log->last_seq(); first += 13) {
    uint64_t total = 0;
    const auto fault = log->Verify(first, [&total](uint64_t, uint64_t of) { total = of; });
    ASSERT_TRUE(fault.ok()) << fault.error().ToString();
    EXPECT_FALSE(fault->has_value()) << first << (*fault)->sentence;
    EXPECT_LE(total, log->last_seq() - first + 3);
    EXPECT_GE(total, log->last_seq() - first + 1);
  }
}

}  // namespace
}  // namespace duebook
