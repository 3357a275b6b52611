// Keys that took each other's place: what a chain takes, what it trusts, and how a ledger goes on when one was lost.

#include "ledger/proof/key_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/log/checkpoint_check.h"
#include "ledger/log/key_file.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/values/base64.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Views into the texts, as long as the object is there.
class Change {
 public:
  Change(const std::string& ledger_id, const SigningKey* before, const SigningKey& after, std::string id)
      : id_(std::move(id)), public_key_(after.public_key().ToString()) {
    if (before == nullptr) return;
    signature_ = ToBase64(before->Sign(KeyChangeText(ledger_id, before->public_key(), after.public_key())));
  }
  Command Make() const {
    if (signature_.empty()) {
      return MakeTestCommand({{"type", "SigningKeyChanged"},
                              {"id", id_},
                              {"date", "2025-06-30"},
                              {"actor", "ann"},
                              {"public_key", public_key_},
                              {"reason", "disk died\nevent 1"}});
    }
    return MakeTestCommand({{"type", "SigningKeyChanged"},
                            {"id", id_},
                            {"date", "2025-06-30"},
                            {"public_key", public_key_},
                            {"signature", signature_}});
  }

 private:
  std::string id_, public_key_, signature_;
};

// A ledger of one customer, and its first key.
class KeyChains : public testing::Test {
 protected:
  KeyChains() : first_(SigningKey::ReadFile(folder_.path() / "key").value()) {
    EXPECT_EQ(RecordOne(*folder_.Open(), OpenCustomer("A")), "recorded 1");
    ledger_id_ = folder_.OpenForReading()->identity().ledger_id;
  }

  std::filesystem::path file() const { return folder_.path() / "key"; }
  Change By(const SigningKey* before, const SigningKey& after, const std::string& id) const {
    return {ledger_id_, before, after, id};
  }
  // As `key rotate` does.
  void Rotate(const SigningKey& before, const SigningKey& after, const std::string& id) {
    const auto ledger = folder_.Open();
    ASSERT_TRUE(StageNextKey(after, file()).ok());
    ASSERT_THAT(RecordOne(*ledger, By(&before, after, id).Make()), HasSubstr("recorded"));
    ASSERT_TRUE(PutNextKeyInPlace(file()).ok());
  }
  std::string Record(Command command) { return RecordOne(*folder_.Open(), std::move(command)); }
  KeyChain Keys() const { return KeysOf(*folder_.OpenForReading()).value(); }
  std::string Complaint() const {
    const auto log = folder_.OpenForReading();
    const auto verified = VerifyLedger(*log);
    if (!verified.ok()) return verified.error().ToString();
    return verified->fault.has_value() ? verified->fault->sentence : "";
  }
  std::vector<uint64_t> Missing() const { return MissingCheckpoints(*folder_.OpenForReading()).value(); }
  std::string Trust(const PublicKey& trusted, size_t first, size_t last) const {
    const auto log = folder_.OpenForReading();
    const auto fault = CheckTrust(*log, Keys(), trusted, first, last);
    return !fault.ok() ? fault.error().ToString() : fault->has_value() ? (*fault)->sentence : "";
  }

  LedgerFolder folder_;
  SigningKey first_;
  std::string ledger_id_;
  const SigningKey second_ = SigningKey::Generate(first_.public_key().name());
  const SigningKey third_ = SigningKey::Generate(first_.public_key().name());
};

TEST_F(KeyChains, EachKeySignsWhatIsClosedInItsTime) {
  EXPECT_EQ(Record(ClosePeriod("c1", "2024-12-31")), "recorded 2");
  Rotate(first_, second_, "k1");
  EXPECT_EQ(Record(ClosePeriod("c2", "2025-01-31")), "recorded 4");
  Rotate(second_, third_, "k2");
  EXPECT_EQ(Record(ClosePeriod("c3", "2025-02-28")), "recorded 6");
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), IsEmpty());
  const auto log = folder_.OpenForReading();
  const KeyChain keys = Keys();
  std::map<uint64_t, size_t> signers;
  const auto all = log->KeptCheckpoints();
  for (const KeptCheckpoint& kept : *all) {
    signers[kept.size] = ReadCheckpoint(kept.note, keys).value().signer;
  }
  EXPECT_EQ(signers, (std::map<uint64_t, size_t>{{2, 0}, {3, 1}, {4, 1}, {5, 2}, {6, 2}}));
  EXPECT_THAT(UnsignedChanges(keys.links()), IsEmpty());
}

TEST_F(KeyChains, ChangeAndCloseInOneCommitAreSignedByTheNewKey) {
  ASSERT_TRUE(StageNextKey(second_, file()).ok());
  EXPECT_THAT(RecordAll(*folder_.Open(), ListOf(By(&first_, second_, "k1").Make(), ClosePeriod("c1", "2024-12-31"))),
              ElementsAre("recorded 2", "recorded 3"));
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), IsEmpty());
}

TEST_F(KeyChains, AKeyThatWasReplacedSignsNothingAnyMore) {
  Rotate(first_, second_, "k1");
  const auto log = folder_.OpenForReading();
  const KeyChain keys = Keys();
  EXPECT_THAT(ReadCheckpoint(SignCheckpoint(*CheckpointAt(*log, 2), first_), keys).error().sentence,
              HasSubstr("which was the ledger's key until event 2 only"));
  EXPECT_EQ(ReadCheckpoint(SignCheckpoint(*CheckpointAt(*log, 1), first_), keys)->signer, 0U);
  EXPECT_EQ(ReadCheckpoint(SignCheckpoint(*CheckpointAt(*log, 1), second_), keys)->signer, 1U);
}

TEST_F(KeyChains, ChangesThatAreNotTheLedgersAreRefused) {
  const Change by_another(ledger_id_, &second_, third_, "k");
  EXPECT_THAT(Record(by_another.Make()), HasSubstr("bad_signature"));
  const Change of_another_name(ledger_id_, nullptr, SigningKey::Generate("Other/1"), "k");
  EXPECT_THAT(Record(of_another_name.Make()), HasSubstr("bad_field"));
  const Change of_another_ledger("0123", &first_, second_, "k");
  EXPECT_THAT(Record(of_another_ledger.Make()), HasSubstr("bad_signature"));
  EXPECT_THAT(Record(By(&first_, first_, "k").Make()), HasSubstr("bad_field"));
  Rotate(first_, second_, "k1");
  EXPECT_THAT(Record(By(&second_, first_, "k2").Make()), HasSubstr("bad_field"));
  EXPECT_THAT(Record(By(&first_, third_, "k2").Make()), HasSubstr("bad_signature"));
  EXPECT_EQ(Record(By(&second_, third_, "k2").Make()), "recorded 3");
}

// Whoever has the key before says by its signature that the next one is the ledger's, whatever its name.
TEST_F(KeyChains, AKeyThatTheOneBeforeSignedMayHaveAnotherName) {
  const SigningKey renamed = SigningKey::Generate("Acme/2");
  Rotate(first_, renamed, "k1");
  EXPECT_EQ(Record(ClosePeriod("c1", "2024-12-31")), "recorded 3");
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), IsEmpty());
  EXPECT_EQ(Keys().current(), renamed.public_key());
}

// As `init --key-file` makes it: the first key has a name of its own, and later ones that of the ledger.
TEST(KeysMadeElsewhere, ALostOneIsReplacedAsAnyOther) {
  const TemporaryFolder folder;
  const SigningKey first = SigningKey::Generate("somebody/else");
  LedgerIdentity identity{"Acme", *Currency::Parse("CNY"), "", Time{1}};
  identity.public_key = first.public_key().ToString();
  ASSERT_TRUE(EventLog::Create(folder / "ledger", identity, TestStore()).ok());
  const auto ledger = Ledger::Open(folder / "ledger");
  ASSERT_TRUE(ledger.ok());
  const LedgerIdentity& made = (*ledger)->log().identity();
  const Change lost(made.ledger_id, nullptr, SigningKey::Generate(OriginOf(made)), "k");
  EXPECT_EQ(RecordOne(**ledger, lost.Make()), "recorded 1");
}

// Killed at any moment: before the event, after it, and after the file has its name.
TEST_F(KeyChains, AChangeThatWasCutOffLeavesAKeyToGoOnWith) {
  ASSERT_TRUE(StageNextKey(third_, file()).ok());
  EXPECT_EQ(Record(ClosePeriod("c1", "2024-12-31")), "recorded 2");
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), IsEmpty());
  ASSERT_TRUE(StageNextKey(second_, file()).ok());  // the one that was left is written over
  EXPECT_EQ(Record(By(&first_, second_, "k1").Make()), "recorded 3");
  EXPECT_EQ(Complaint(), "");
  EXPECT_EQ(ReadLedgerKey(Keys(), file())->public_key(), second_.public_key());
  EXPECT_EQ(Record(ClosePeriod("c2", "2025-01-31")), "recorded 4");
  EXPECT_EQ(SigningKey::ReadFile(file())->public_key(), second_.public_key());
  EXPECT_FALSE(std::filesystem::exists(NextKeyFileOf(file())));
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), IsEmpty());
}

TEST_F(KeyChains, ALedgerWithAnEarlierKeyRecordsAndSignsNothing) {
  EXPECT_EQ(Record(By(&first_, second_, "k1").Make()), "recorded 2");
  EXPECT_EQ(Record(ClosePeriod("c1", "2024-12-31")), "recorded 3");
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), ElementsAre(3));
  const auto key = ReadLedgerKey(Keys(), file());
  EXPECT_EQ(key.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(key.error().sentence, HasSubstr("was the ledger's until event 2"));
}

TEST_F(KeyChains, ALostKeyIsReplacedByAnAdministratorsWordAndThatIsTold) {
  std::filesystem::remove(file());
  EXPECT_EQ(Record(ClosePeriod("c1", "2024-12-31")), "recorded 2");
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), ElementsAre(2));
  EXPECT_EQ(Record(By(nullptr, second_, "k1").Make()), "recorded 3");
  ASSERT_TRUE(second_.WriteNewFile(file()).ok());
  {
    const auto log = EventLog::Open(folder_.path(), EventLog::Mode::kWrite);
    EXPECT_TRUE((*log)->KeepCheckpoint(2, SignCheckpoint(*CheckpointAt(**log, 2), second_)).ok());
  }
  EXPECT_EQ(Complaint(), "");
  EXPECT_THAT(Missing(), IsEmpty());
  EXPECT_THAT(UnsignedChanges(Keys().links()),
              ElementsAre(testing::EndsWith("nobody signed that: ann said that it was lost: disk died?event 1")));
  Rotate(second_, third_, "k2");
  EXPECT_EQ(Complaint(), "");
  EXPECT_EQ(UnsignedChanges(Keys().links()).size(), 1U);
}

TEST_F(KeyChains, TrustGoesForwardBySignaturesAlone) {
  Rotate(first_, second_, "k1");
  EXPECT_EQ(Record(By(nullptr, third_, "k2").Make()), "recorded 3");
  EXPECT_EQ(Trust(first_.public_key(), 0, 1), "");
  EXPECT_EQ(Trust(second_.public_key(), 1, 1), "");
  for (const PublicKey& trusted : {first_.public_key(), second_.public_key()}) {
    EXPECT_THAT(Trust(trusted, 2, 2), HasSubstr("event 3 of 2025-06-30 put"));
  }
  EXPECT_EQ(Trust(third_.public_key(), 2, 2), "");
  EXPECT_THAT(Trust(SigningKey::Generate("x").public_key(), 0, 0), HasSubstr("is no key of this ledger"));
}

// Whoever holds the disk can say of any key that another was before it: the key itself has to say so.
TEST_F(KeyChains, TrustGoesBackByAKeptCheckpointOfTheKey) {
  Rotate(first_, second_, "k1");
  EXPECT_EQ(Trust(second_.public_key(), 0, 0), "");
  EXPECT_EQ(Record(By(&second_, third_, "k2").Make()), "recorded 3");  // the new key is not at hand
  EXPECT_THAT(Trust(third_.public_key(), 0, 0), HasSubstr("no checkpoint is kept in which"));
  {
    const auto log = EventLog::Open(folder_.path(), EventLog::Mode::kWrite);
    EXPECT_TRUE((*log)->KeepCheckpoint(3, SignCheckpoint(*CheckpointAt(**log, 3), third_)).ok());
  }
  EXPECT_EQ(Trust(third_.public_key(), 0, 0), "");
}

TEST_F(KeyChains, AForgedChangeIsFound) {
  Rotate(first_, second_, "k1");
  const LedgerFolder forgery;
  const LedgerIdentity identity = folder_.OpenForReading()->identity();
  std::filesystem::remove_all(forgery.path());
  ASSERT_TRUE(EventLog::Create(forgery.path(), identity).ok());
  std::string change(folder_.OpenForReading()->Get(2)->bytes());
  ASSERT_TRUE(ReplaceText(&change, second_.public_key().ToString(),
                          SigningKey::Generate(first_.public_key().name()).public_key().ToString()));
  {
    const auto log = EventLog::Open(forgery.path(), EventLog::Mode::kWrite);
    ASSERT_TRUE((*log)->Append({{folder_.OpenForReading()->Get(1)->bytes()}}).ok());
    ASSERT_TRUE((*log)->Append({{change}}).ok());
  }
  const auto log = EventLog::Open(forgery.path(), EventLog::Mode::kRead);
  const auto verified = VerifyLedger(**log);
  ASSERT_TRUE(verified.ok() && verified->fault.has_value());
  EXPECT_THAT(verified->fault->sentence,
              HasSubstr("event 2: it changes the signing key, but its signature is not that of"));
}

}  // namespace
}  // namespace duebook
