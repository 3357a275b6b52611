// What was acknowledged never vanishes unsaid: a store that ends before it once did is refused, whoever opens it, and
// after a crash it is said that the end is not known.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "ledger/log/framed/end_record.h"
#include "tests/support/child_process.h"
#include "tests/support/damaged_ledger.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Three sessions, so that there are several tables; the last one keeps a checkpoint.
void Fill(const LedgerFolder& folder) {
  EXPECT_EQ(RecordOne(*folder.Open(), OpenCustomer("A")), "recorded 1");
  RecordAll(*folder.Open(), ListOf(ReceivePayment("A", 2), ReceivePayment("A", 3)));
  EXPECT_EQ(RecordOne(*folder.Open(), ClosePeriod("close", "2024-12-31")), "recorded 4");
}

std::vector<fs::path> LogsOf(const fs::path& ledger) {
  std::vector<fs::path> logs;
  for (const auto& entry : fs::directory_iterator(ledger / "store")) {
    if (entry.path().extension() == ".log") logs.push_back(entry.path());
  }
  return logs;
}

std::string Refusal(const fs::path& ledger, EventLog::Mode mode = EventLog::Mode::kRead) {
  const auto log = EventLog::Open(ledger, mode);
  if (log.ok()) return "opened";
  EXPECT_EQ(log.error().code, ErrorCode::kDamaged) << log.error().ToString();
  return log.error().ToString();
}

EndRecord EndOf(const fs::path& ledger) {
  const auto end = DecodeEndRecord(ReadWholeFile(ledger / kEndFile));
  EXPECT_TRUE(end.has_value());
  return end.value_or(EndRecord());
}

// Records two more events and ends without goodbye.
void Crash(const LedgerFolder& folder) {
  ChildProcess child([&](const ChildProcess::Tell& tell) {
    const auto ledger = folder.Open();
    const uint64_t next = ledger->log().last_seq() + 1;
    for (uint64_t seq = next; seq < next + 2; seq++) {
      tell(RecordOne(*ledger, ReceivePayment("A", 100 + seq)) == fmt::format("recorded {}", seq) ? 1 : 0);
    }
    ::_exit(0);
  });
  while (const auto told = child.Hear()) EXPECT_EQ(*told, 1U);
  EXPECT_TRUE(child.Wait());
}

TEST(EndRecord, IsReadAsItWasWrittenAndNotIfAnyByteIsOther) {
  const EndRecord end{true, 17, Sha256("root"), Sha256("identity"), 5, true, "MANIFEST-000004 371 aGFzaA=="};
  const std::string bytes = EncodeEndRecord(end);
  EXPECT_EQ(DecodeEndRecord(bytes), end);
  for (size_t i = 0; i < bytes.size(); i++) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(DecodeEndRecord(changed), std::nullopt) << i;
    EXPECT_EQ(DecodeEndRecord(bytes.substr(0, i)), std::nullopt) << i;
  }
  EXPECT_EQ(DecodeEndRecord(bytes + "\n"), std::nullopt);
}

TEST(LostEvents, AnOrderlyEndLeavesNothingInTheWriteAheadLogAlone) {
  const LedgerFolder folder;
  Fill(folder);
  const Answers before = AnswersOf(folder.path());
  for (const fs::path& log : LogsOf(folder.path())) fs::remove(log);
  EXPECT_EQ(JudgeReading(folder.path(), before), Judgement::kAsBefore);
  EXPECT_TRUE(folder.OpenForReading()->ended_in_order());
  ExpectSound(*folder.OpenForReading());
  EXPECT_EQ(RecordOne(*folder.Open(), ReceivePayment("A", 5)), "recorded 5");
}

TEST(LostEvents, TheRecordOfTheEndSaysWhatThereWas) {
  const LedgerFolder folder;
  EXPECT_EQ(EndOf(folder.path()).last_seq, 0U);
  Fill(folder);
  const auto log = folder.OpenForReading();
  EXPECT_TRUE(EndOf(folder.path()).ended);
  EXPECT_EQ(EndOf(folder.path()).last_seq, 4U);
  EXPECT_EQ(EndOf(folder.path()).root, log->state().tree.Root());
  EXPECT_EQ(EndOf(folder.path()).identity_since, 0U);
  const auto ledger = folder.Open();
  EXPECT_TRUE(EndOf(folder.path()).ended) << "nothing was written yet";
  RecordOne(*ledger, ReceivePayment("A", 5));
  EXPECT_FALSE(EndOf(folder.path()).ended);
  EXPECT_EQ(EndOf(folder.path()).last_seq, 4U);
}

// A sample of what the long tests try at every place.
TEST(LostEvents, NoDamageToAFileThatHoldsRowsGoesUnnoticed) {
  const LedgerFolder folder;
  Fill(folder);
  const Answers before = AnswersOf(folder.path());
  uint64_t told = 0;
  for (const fs::path& file : FilesWithRows(folder.path())) {
    ForEachDamage(file, 23, [&](const FileDamage& damage) {
      const Damaged damaged(damage);
      const Judgement judgement = JudgeReading(folder.path(), before);
      EXPECT_TRUE(judgement == Judgement::kTold || judgement == Judgement::kAsBefore)
          << file.filename() << ": " << damage.what;
      told += judgement == Judgement::kTold ? 1 : 0;
    });
  }
  EXPECT_GT(told, 300U);
}

// RocksDB removes what its list of files does not name.
TEST(LostEvents, WhoIsToWriteIsRefusedBeforeAnythingIsThrownAway) {
  const LedgerFolder folder;
  Fill(folder);
  const Answers before = AnswersOf(folder.path());
  uint64_t refused = 0;
  for (const fs::path& file : FilesWithRows(folder.path())) {
    if (!file.filename().string().starts_with("MANIFEST")) continue;
    ForEachDamage(file, 41, [&](const FileDamage& damage) {
      bool opened = false;
      {
        const Damaged damaged(damage);
        if (JudgeReading(folder.path(), before) != Judgement::kTold) return;
        opened = Ledger::Open(folder.path()).ok();
      }
      EXPECT_FALSE(opened) << damage.what;
      EXPECT_EQ(JudgeReading(folder.path(), before), Judgement::kAsBefore) << damage.what;
      refused++;
    });
  }
  EXPECT_GT(refused, 10U);
}

TEST(LostEvents, AnOlderStoreBesideTheRecordIsRefusedWithWhatIsMissing) {
  const LedgerFolder folder;
  const TemporaryFolder kept;
  Fill(folder);
  fs::copy(folder.path() / "store", kept / "store");
  RecordAll(*folder.Open(), ListOf(ReceivePayment("A", 5), ReceivePayment("A", 6)));
  fs::remove_all(folder.path() / "store");
  fs::copy(kept / "store", folder.path() / "store");
  for (const auto mode : {EventLog::Mode::kRead, EventLog::Mode::kWrite}) {
    const std::string said = Refusal(folder.path(), mode);
    EXPECT_THAT(said, HasSubstr("events 5 to 6 are lost"));
    EXPECT_THAT(said, HasSubstr("restore from a backup"));
    EXPECT_THAT(said, HasSubstr("--to-seq 4"));
  }
  const auto log = EventLog::Open(folder.path(), EventLog::Mode::kVerify);
  ASSERT_TRUE(log.ok());
  const auto fault = (*log)->Verify(1, [](uint64_t, uint64_t) {});
  ASSERT_TRUE(fault.ok() && fault->has_value());
  EXPECT_EQ((*fault)->seq, 5U);
}

// As above, and the record of the end is put back, too: the kept checkpoint is still there.
TEST(LostEvents, AnOlderStateIsRefusedIfACheckpointOfMoreEventsIsKept) {
  const LedgerFolder folder;
  const TemporaryFolder kept;
  RecordAll(*folder.Open(), ListOf(OpenCustomer("A"), ReceivePayment("A", 2)));
  fs::copy(folder.path(), kept / "older", fs::copy_options::recursive);
  EXPECT_EQ(RecordOne(*folder.Open(), ClosePeriod("close", "2025-01-31")), "recorded 3");
  fs::copy(folder.path() / "checkpoints", kept / "older" / "checkpoints");
  EXPECT_THAT(Refusal(kept / "older"), HasSubstr("checkpoints/3 was signed over 3 events"));
  EXPECT_FALSE(Ledger::Open(kept / "older").ok());
  // What only has the name of one says nothing.
  Overwrite(kept / "older" / "checkpoints" / "3", "no checkpoint\n");
  EXPECT_EQ(Refusal(kept / "older"), "opened");
}

TEST(LostEvents, AnOlderStateIsRefusedIfAFoldOfMoreEventsIsThere) {
  const LedgerFolder folder;
  const TemporaryFolder kept;
  RecordAll(*folder.Open(), ListOf(OpenCustomer("A"), ReceivePayment("A", 2)));
  fs::copy(folder.path(), kept / "older", fs::copy_options::recursive);
  EXPECT_EQ(RecordOne(*folder.Open(), ReceivePayment("A", 3)), "recorded 3");
  const auto log = folder.OpenForReading();
  ASSERT_TRUE(Folds::Write(*log, {"index", 1}, 1, 3, {}).ok());
  fs::copy(folder.path() / kDerivedFolder, kept / "older" / kDerivedFolder);
  EXPECT_THAT(Refusal(kept / "older"), HasSubstr("index-1-3 was made of the events up to 3"));
  // One of another ledger, or what cannot be read, says nothing.
  const LedgerFolder other;
  RecordAll(*other.Open(), ListOf(OpenCustomer("A"), ReceivePayment("A", 2), ReceivePayment("A", 3)));
  ASSERT_TRUE(Folds::Write(*other.OpenForReading(), {"index", 1}, 1, 3, {}).ok());
  for (const auto& entry : fs::directory_iterator(other.path() / kDerivedFolder)) {
    fs::copy_file(entry.path(), kept / "older" / kDerivedFolder / "index-1-3", fs::copy_options::overwrite_existing);
  }
  EXPECT_EQ(Refusal(kept / "older"), "opened");
  Overwrite(kept / "older" / kDerivedFolder / "index-1-3", "nothing");
  EXPECT_EQ(Refusal(kept / "older"), "opened");
}

TEST(LostEvents, OtherEventsOfTheSameNumberAreRefused) {
  const LedgerFolder folder;
  RecordAll(*folder.Open(), ListOf(OpenCustomer("A"), ReceivePayment("A", 2)));
  EndRecord end = EndOf(folder.path());
  end.root = Sha256("of other events");
  Overwrite(folder.path() / kEndFile, EncodeEndRecord(end));
  EXPECT_THAT(Refusal(folder.path()), HasSubstr("events 1 to 2: they are not those that it had"));
  EXPECT_NE(Refusal(folder.path(), EventLog::Mode::kWrite), "opened");
}

// A backup that says that it is a ledger would be recorded in; a ledger that says that it is a backup, copied over.
TEST(LostEvents, WhoseKindWasChangedIsRefused) {
  const LedgerFolder folder;
  const TemporaryFolder kept;
  Fill(folder);
  {
    const auto source = folder.OpenForReading();
    LedgerIdentity identity = source->identity();
    identity.is_copy = true;
    ASSERT_TRUE(EventLog::Create(kept / "backup", identity).ok());
    const auto backup = EventLog::Open(kept / "backup", EventLog::Mode::kWrite);
    ASSERT_TRUE((*backup)->AppendFrom(*source, 4, [](uint64_t, uint64_t) {}).ok());
  }
  RawStore(kept / "backup").Delete("default", "copy");
  RawStore(folder.path()).Put("default", "copy", "");
  EXPECT_THAT(Refusal(kept / "backup"), HasSubstr("it is no backup, and"));
  EXPECT_THAT(Refusal(folder.path()), HasSubstr("it is a backup, and"));
  for (const fs::path& ledger : {kept / "backup", folder.path()}) {
    EXPECT_THAT(Refusal(ledger, EventLog::Mode::kWrite), HasSubstr("one of them was changed")) << ledger;
  }
}

TEST(LostEvents, ACrashIsSaidUntilSomebodyHasWrittenAgain) {
  const LedgerFolder folder;
  Fill(folder);
  Crash(folder);
  for (int i = 0; i < 2; i++) {
    const auto log = folder.OpenForReading();
    EXPECT_FALSE(log->ended_in_order());
    EXPECT_EQ(log->last_seq(), 6U);
    ExpectSound(*log);
  }
  EXPECT_FALSE(folder.Open()->log().ended_in_order());
  EXPECT_TRUE(folder.OpenForReading()->ended_in_order()) << "somebody has opened it to write";
  EXPECT_TRUE(folder.Open()->log().ended_in_order());
}

TEST(LostEvents, AfterACrashEveryDamageToTheNewestLogIsToldOrTheEndIsSaidToBeUnknown) {
  const LedgerFolder folder;
  Fill(folder);
  Crash(folder);
  const Answers before = AnswersOf(folder.path());
  ASSERT_EQ(before.last_seq, 6U);
  uint64_t torn = 0;
  for (const fs::path& log : LogsOf(folder.path())) {
    if (fs::file_size(log) == 0) continue;
    ForEachDamage(log, 7, [&](const FileDamage& damage) {
      const Damaged damaged(damage);
      const Judgement judgement = JudgeReading(folder.path(), before);
      EXPECT_NE(judgement, Judgement::kUnnoticed) << damage.what;
      torn += judgement == Judgement::kSaidTorn ? 1 : 0;
    });
  }
  EXPECT_GT(torn, 10U);
}

// What was there when the session began is missed, though it crashed.
TEST(LostEvents, ACrashedSessionDoesNotHideOlderLosses) {
  const LedgerFolder folder;
  const TemporaryFolder kept;
  RecordAll(*folder.Open(), ListOf(OpenCustomer("A"), ReceivePayment("A", 2)));
  fs::copy(folder.path() / "store", kept / "store");
  EXPECT_EQ(RecordOne(*folder.Open(), ReceivePayment("A", 3)), "recorded 3");
  Crash(folder);
  fs::remove_all(folder.path() / "store");
  fs::copy(kept / "store", folder.path() / "store");
  EXPECT_THAT(Refusal(folder.path()), HasSubstr("event 3: it is missing"));
}

TEST(LostEvents, ReadersBesideALivingWriterAreToldNothing) {
  const LedgerFolder folder;
  Fill(folder);
  // Another process, begun before the ledger is opened: it knows of this one's locks by asking the system alone.
  int written[2];
  ASSERT_EQ(::pipe(written), 0);
  ChildProcess child([&](const ChildProcess::Tell& tell) {
    ::close(written[1]);
    char byte = 0;
    tell(::read(written[0], &byte, 1) == 1 ? 1 : 0);
    const auto log = EventLog::Open(folder.path(), EventLog::Mode::kRead, TestStore());
    tell(log.ok() && (*log)->last_seq() == 5 && (*log)->ended_in_order() ? 1 : 0);
    // Looking for the writer has not taken its lock from it.
    LedgerOptions options;
    options.store = TestStore();
    const auto second = Ledger::Open(folder.path(), options);
    tell(!second.ok() && second.error().code == ErrorCode::kLocked ? 1 : 0);
  });
  ::close(written[0]);
  const auto ledger = folder.Open();
  RecordOne(*ledger, ReceivePayment("A", 5));
  EXPECT_EQ(Ledger::Open(folder.path()).error().code, ErrorCode::kLocked);
  const auto here = folder.OpenForReading();
  EXPECT_TRUE(here->ended_in_order());
  EXPECT_EQ(here->last_seq(), 5U);
  EXPECT_EQ(::write(written[1], "w", 1), 1);
  ::close(written[1]);
  EXPECT_EQ(child.Hear(), 1U);
  EXPECT_EQ(child.Hear(), 1U);
  EXPECT_EQ(child.Hear(), 1U);
}

TEST(LostEvents, ARecordThatIsGoneOrDamagedIsFoundAndMadeAnew) {
  const LedgerFolder folder;
  Fill(folder);
  const Answers before = AnswersOf(folder.path());
  for (const bool gone : {true, false}) {
    if (gone) fs::remove(folder.path() / kEndFile);
    if (!gone) Overwrite(folder.path() / kEndFile, "duebook end 1\n");
    EXPECT_EQ(JudgeReading(folder.path(), before), Judgement::kAsBefore);
    EXPECT_FALSE(folder.OpenForReading()->ended_in_order());
    const auto log = EventLog::Open(folder.path(), EventLog::Mode::kVerify);
    ASSERT_TRUE(log.ok());
    const auto fault = (*log)->Verify(1, [](uint64_t, uint64_t) {});
    ASSERT_TRUE(fault.ok() && fault->has_value());
    EXPECT_THAT((*fault)->sentence, HasSubstr("the record of where the last session ended is"));
    folder.Open();
    EXPECT_TRUE(folder.OpenForReading()->ended_in_order());
    EXPECT_EQ(EndOf(folder.path()).last_seq, 4U);
  }
}

}  // namespace
}  // namespace duebook
