// What `verify` names of a ledger in which several things are wrong: the first of them, in the order in which one
// follows from the other. All are looked for at once.

#include <fmt/core.h>

#include <vector>

#include "ledger/log/derived/folding.h"
#include "ledger/log/framed/frame.h"
#include "projections/tracks.h"
#include "tests/support/fold_parts.h"
#include "tests/support/forged_columns.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// In the order in which they are told.
enum Wrong : size_t { kEvent, kCheckpoint, kKey, kBooks, kIndex, kHistory, kInvariant, kWrongs };

constexpr std::string_view kTold[kWrongs] = {
    "event 2: it was changed",
    "a checkpoint is not right",
    "is no key of this ledger",
    "event 4: it introduces what an event before it introduced",
    "what is derived from events 1 to 5 (index) is not what they make",
    "what is derived from events 1 to 5 (history) is not what they make",
    "event 3: payment P60 is overdrawn",
};

using Wrongs = std::vector<bool>;

// A sound ledger's events, in one commit.
std::vector<std::string> SoundEvents() {
  const LedgerFolder folder;
  const auto ledger = folder.Open();
  RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "100"), ReceivePayment("A", 60),
                            ReceivePayment("A", 70), ApplyPayment("a1", "P60", "I1", "50")));
  std::vector<std::string> events;
  EXPECT_TRUE(ledger->log()
                  .Scan(1, 5,
                        [&](EventView event) {
                          events.emplace_back(event.bytes());
                          return true;
                        })
                  .ok());
  return events;
}

// Makes the folds of the index say something else, with checksums that are right.
void ForgeIndex(const std::filesystem::path& ledger) {
  const auto folds = FoldFilesIn(ledger);
  CHECK(folds.ok());
  for (const FoldFile& fold : *folds) {
    FoldParts parts = ReadParts(fold.path);
    std::string& section = parts.sections.front();
    section.back() = static_cast<char>(section.back() ^ 1);
    WriteParts(fold.path, parts);
  }
}

class VerifyFaults : public ProgramTest {
 protected:
  // A ledger in which nothing but this is wrong.
  void MakeLedgerWith(const Wrongs& wrongs) {
    std::filesystem::remove_all(ledger());
    std::vector<std::string> events = SoundEvents();
    if (wrongs[kBooks]) EXPECT_TRUE(ReplaceText(&events[3], "P70", "P60"));
    if (wrongs[kInvariant]) {
      auto* application = schema::GetMutableEvent(events[4].data())->mutable_body();
      static_cast<schema::PaymentApplied*>(application)->mutable_amount()->mutate_minor(6'100);
    }
    ASSERT_TRUE(EventLog::Create(ledger(), {"Acme", *Currency::Parse("CNY"), "", Time{1}}).ok());
    {
      const auto log = EventLog::Open(ledger(), EventLog::Mode::kWrite);
      ASSERT_TRUE(log.ok());
      ASSERT_TRUE((*log)->Append(events).ok());
      ASSERT_TRUE(Folding::Rebuild(**log, MakeAllTracks, [](uint64_t, uint64_t) {}).ok());
      ASSERT_TRUE((*log)->EndSession().ok());
    }
    if (wrongs[kIndex]) ForgeIndex(ledger());
    if (wrongs[kHistory]) {
      ForgeColumn(ledger() / kDerivedFolder / "history" / "items.amount.4",
                  [](std::string* bytes) { bytes->front() = static_cast<char>(bytes->front() ^ 1); });
    }
    if (wrongs[kEvent]) RewordEvent();
  }

  ShellResult Verify(const Wrongs& wrongs) {
    MakeLedgerWith(wrongs);
    std::string command = "duebook --ledger ledger verify";
    if (wrongs[kCheckpoint]) {
      Write("note", "no checkpoint");
      command += " --checkpoint note";
    }
    if (wrongs[kKey]) command += fmt::format(" --key '{}'", KeyOfAnother());
    return Run(command);
  }

 private:
  std::filesystem::path ledger() const { return folder_ / "ledger"; }

  void RewordEvent() {
    RawStore store(ledger());
    const std::string bytes = store.Frames().at(1);
    const auto frame = FrameView::Open(bytes);
    std::vector<std::string> events;
    for (uint32_t i = 0; i < frame->count(); i++) events.emplace_back(frame->event_bytes(i));
    EXPECT_TRUE(ReplaceText(&events[1], "clerk", "clark"));
    store.PutFrame(1, EncodeFrame(frame->head(), events));
  }

  static std::string KeyOfAnother() { return LedgerFolder().OpenForReading()->identity().public_key; }
};

TEST_F(VerifyFaults, NothingIsToldOfASoundLedger) {
  const ShellResult verified = Verify(Wrongs(kWrongs, false));
  EXPECT_EQ(verified.status, 0);
  EXPECT_THAT(verified.err, IsEmpty());
  EXPECT_THAT(verified.out, HasSubstr("5 events verified"));
}

TEST_F(VerifyFaults, EachIsFoundWhenItIsTheOnlyOne) {
  for (size_t wrong = 0; wrong < kWrongs; wrong++) {
    Wrongs wrongs(kWrongs, false);
    wrongs[wrong] = true;
    const ShellResult verified = Verify(wrongs);
    EXPECT_EQ(verified.status, 1);
    EXPECT_THAT(verified.out, IsEmpty());
    EXPECT_THAT(verified.err, HasSubstr(std::string(kTold[wrong])));
  }
}

TEST_F(VerifyFaults, TheFirstOfSeveralIsNamed) {
  for (size_t first = 0; first < kWrongs; first++) {
    Wrongs wrongs(kWrongs, true);
    std::fill_n(wrongs.begin(), first, false);
    const ShellResult verified = Verify(wrongs);
    EXPECT_EQ(verified.status, 1);
    for (size_t wrong = 0; wrong < kWrongs; wrong++) {
      const bool told = verified.err.find(kTold[wrong]) != std::string::npos;
      EXPECT_EQ(told, wrong == first) << verified.err;
    }
  }
}

}  // namespace
}  // namespace duebook
