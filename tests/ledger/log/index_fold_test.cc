#include "ledger/log/derived/index_fold.h"

#include "tests/ledger/log/index_fold_fixture.h"

namespace duebook {
namespace {

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
  for (const std::string& name : FoldFiles()) FlipByte(folder_.path() / kDerivedFolder / name, 40);
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

// Also by a session that has nothing else to fold.
TEST_F(IndexFoldTest, MakesADamagedNewestFoldAgain) {
  Fill("C1", 1, 20);
  uint64_t position = 0;
  {
    const auto log = folder_.OpenForReading();
    const Folds folds = Folds::Open(*log, kIndexFold);
    position = folds.position();
    const Folds::Fold& newest = folds.all().back();
    std::ofstream(folder_.path() / kDerivedFolder / fmt::format("index-{}-{}", newest.first_seq, newest.last_seq))
        << "no fold";
  }
  RecordOne(*folder_.Open(Options()), OpenCustomer("C2"));
  const auto log = folder_.OpenForReading();
  const Folds folds = Folds::Open(*log, kIndexFold);
  EXPECT_FALSE(folds.fault().has_value());
  EXPECT_GE(folds.position(), position);
  ExpectComplete();
}

}  // namespace
}  // namespace duebook
