#include "ledger/derived/index_fold.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "ledger/event_index.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

constexpr FoldSizes kShort{16, 4};

class IndexFoldTest : public testing::Test {
 protected:
  LedgerOptions Options() const {
    LedgerOptions options;
    options.folds = [] {
      FoldMakers makers;
      makers.push_back(std::make_unique<IndexFoldMaker>());
      return makers;
    };
    options.fold_sizes = kShort;
    if (clock_.has_value()) options.clock = [time = *clock_] { return time; };
    return options;
  }

  // Customers with invoices, payments, applications and reversals, a few commands at a time.
  void Fill(const std::string& name, uint64_t first, uint64_t count) {
    const auto ledger = folder_.Open(Options());
    RecordOne(*ledger, OpenCustomer(name));
    for (uint64_t n = first; n < first + count; n++) {
      RecordAll(*ledger, ListOf(IssueInvoice(name, n, "100"), ReceivePayment(name, n)));
      const std::string digits = std::to_string(n);
      RecordOne(*ledger, ApplyPayment("a" + digits, "P" + digits, "I" + digits, "1"));
      if (n % 3 == 0) RecordOne(*ledger, ReversePayment("r" + digits, "P" + digits));
    }
  }

  // For every key that the log's events know, what is found under it is what the events say.
  void ExpectComplete() {
    const auto log = folder_.OpenForReading();
    std::map<std::string, uint64_t> introducing;
    std::map<uint64_t, std::set<uint64_t>> touching;
    std::map<EventType, std::vector<uint64_t>> types;
    std::map<std::string, uint64_t> ids;
    ClockSpans spans;
    ASSERT_TRUE(log->Scan(1, log->last_seq(),
                          [&](EventView event) {
                            const uint64_t seq = event.seq();
                            ids.emplace(event.id(), seq);
                            AddToSpans(event, &spans);
                            types[event.type()].push_back(seq);
                            touching[seq].insert(seq);
                            ForEachIntroducedKey(event, [&](const std::string& key) { introducing.emplace(key, seq); });
                            for (size_t i = 0; i < event.reference_count(); i++)
                              touching[event.reference(i)].insert(seq);
                            return true;
                          })
                    .ok());
    for (const auto& [key, seq] : introducing) {
      EXPECT_THAT(*log->Find(key), testing::ElementsAreArray(touching[seq]));
    }
    for (const auto& [type, seqs] : types) EXPECT_EQ(*log->Find(TypeKey(type)), seqs);
    for (const auto& [id, seq] : ids) EXPECT_EQ(*log->FindEventId(id), seq) << id;
    EXPECT_EQ(*log->FindClockSpans(), spans);
    EXPECT_EQ(*log->FindEventId("none"), std::nullopt);
    EXPECT_TRUE(log->Find(CustomerKey("none"))->empty());
  }

  std::vector<std::string> FoldFiles() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / kDerivedFolder)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  std::optional<Time> clock_;  // stands still there
  LedgerFolder folder_;
};

TEST_F(IndexFoldTest, FindsTheEventsThatAClockWasBehind) {
  Fill("C1", 1, 10);
  clock_ = Time::Parse("2030-01-01T00:00:00Z");
  Fill("C2", 11, 1);
  clock_ = Time::Parse("2029-01-01T00:00:00Z");
  Fill("C3", 12, 20);  // over several folds
  clock_ = Time::Parse("2029-06-01T00:00:00Z");
  Fill("C4", 32, 1);
  ExpectComplete();
  const auto log = folder_.OpenForReading();
  const auto spans = log->FindClockSpans();
  ASSERT_EQ(spans->size(), 1U);
  EXPECT_EQ(spans->front().last_seq, log->last_seq());
  EXPECT_GT(spans->front().last_seq - spans->front().first_seq, 2 * kShort.most);
  EXPECT_EQ(spans->front().recorded_at, Time::Parse("2030-01-01T00:00:00Z"));
  EXPECT_EQ(spans->front().earliest, Time::Parse("2029-01-01T00:00:00Z"));
  EXPECT_EQ(spans->front().latest, Time::Parse("2029-06-01T00:00:00Z"));
}

TEST_F(IndexFoldTest, MakesFoldsOfAnEarlierFormatAgain) {
  Fill("C1", 1, 20);
  {
    const auto log = folder_.OpenForReading();
    const Folds folds = Folds::Open(*log, kIndexFold);
    for (const Folds::Fold& fold : folds.all()) {
      ASSERT_TRUE(Folds::Write(*log, {"index", 1}, fold.first_seq, fold.last_seq, {"", "", "", "", "sums"}).ok());
    }
    EXPECT_EQ(Folds::Open(*log, kIndexFold).position(), 0U);
  }
  ExpectComplete();
  Fill("C2", 21, 2);
  ExpectComplete();
  const auto log = folder_.OpenForReading();
  EXPECT_LT(log->last_seq() - Folds::Open(*log, kIndexFold).position(), kShort.least);
}

TEST_F(IndexFoldTest, FindsWhatTheEventsSay) {
  Fill("C1", 1, 30);
  ExpectComplete();
  Fill("C2", 31, 2);
  ExpectComplete();
  Fill("C3", 33, 20);
  ExpectComplete();
  EXPECT_GT(FoldFiles().size(), 8);
}

TEST_F(IndexFoldTest, NeverCrossesAMultipleOfItsLength) {
  Fill("C1", 1, 20);
  Fill("C2", 21, 20);
  const auto log = folder_.OpenForReading();
  const Folds folds = Folds::Open(*log, kIndexFold);
  EXPECT_LT(log->last_seq() - folds.position(), kShort.least);
  for (const Folds::Fold& fold : folds.all()) {
    EXPECT_EQ((fold.first_seq - 1) / kShort.most, (fold.last_seq - 1) / kShort.most);
  }
}

TEST_F(IndexFoldTest, FindsTheSameWithoutFolds) {
  Fill("C1", 1, 20);
  ASSERT_TRUE(Folds::RemoveAll(folder_.path()).ok());
  ExpectComplete();
}

TEST_F(IndexFoldTest, FindsTheSameBesideDamagedFolds) {
  Fill("C1", 1, 20);
  for (const std::string& name : FoldFiles()) {
    const std::filesystem::path path = folder_.path() / kDerivedFolder / name;
    std::string bytes = ReadWholeFile(path);
    bytes[40] = static_cast<char>(bytes[40] ^ 1);
    std::ofstream(path, std::ios::binary) << bytes;
  }
  ExpectComplete();
}

// An older state of the store was put back, and other events were recorded behind it.
TEST_F(IndexFoldTest, TakesNoFoldOfOtherEvents) {
  namespace fs = std::filesystem;
  const TemporaryFolder kept;
  Fill("C1", 1, 1);
  fs::copy(folder_.path(), kept / "older", fs::copy_options::recursive);
  Fill("C2", 2, 20);
  fs::copy(folder_.path() / kDerivedFolder, kept / "derived");
  fs::remove_all(folder_.path());
  fs::copy(kept / "older", folder_.path(), fs::copy_options::recursive);
  Fill("C3", 50, 30);
  fs::remove_all(folder_.path() / kDerivedFolder);
  fs::copy(kept / "derived", folder_.path() / kDerivedFolder);
  ExpectComplete();
}

TEST_F(IndexFoldTest, GoesOnBehindAGap) {
  Fill("C1", 1, 20);
  std::filesystem::remove(folder_.path() / kDerivedFolder / "index-17-32");
  ExpectComplete();
  Fill("C2", 21, 20);
  ExpectComplete();
  const auto log = folder_.OpenForReading();
  EXPECT_LT(log->last_seq() - Folds::Open(*log, kIndexFold).position(), kShort.least);
}

}  // namespace
}  // namespace duebook
