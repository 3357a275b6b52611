#include "ledger/log/derived/fold_merging.h"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "ledger/log/derived/fold_check.h"
#include "tests/ledger/log/index_fold_fixture.h"
#include "tests/support/check_events.h"
#include "tests/support/fold_parts.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

constexpr FoldSizes kMerged{16, 4, {64, 128}};

class FoldMergingTest : public IndexFoldTest {
 protected:
  fs::path derived() const { return folder_.path() / kDerivedFolder; }

  // More than two of the largest folds, in small ones that a session or the longest length has cut off.
  void FillWithSmallFolds() {
    Fill("C1", 1, 3);
    clock_ = Time::Parse("2030-01-01T00:00:00Z");
    Fill("C2", 4, 2);
    clock_ = Time::Parse("2029-01-01T00:00:00Z");  // behind, over several folds
    Fill("C3", 6, 30);
    clock_.reset();
    Fill("C4", 36, 55);
  }
  // The same ledger goes on, by a program that merges.
  void GoOnMerging() {
    sizes_ = kMerged;
    Fill("C9", 900, 2);
  }

  // First and last event of each fold, in order. There must be no other file beside them.
  std::vector<std::pair<uint64_t, uint64_t>> Lengths() const {
    std::vector<std::pair<uint64_t, uint64_t>> lengths;
    const auto files = FoldFilesIn(folder_.path());
    CHECK(files.ok());
    for (const FoldFile& file : *files) lengths.emplace_back(file.first_seq, file.last_seq);
    EXPECT_EQ(lengths.size(), FoldFiles().size());
    std::sort(lengths.begin(), lengths.end());
    return lengths;
  }

  // There are the largest folds that there can be, one behind the other, and nothing else.
  void ExpectMerged() const {
    const auto lengths = Lengths();
    ASSERT_FALSE(lengths.empty());
    const uint64_t last = lengths.back().second;
    uint64_t next = 1;
    for (const auto& [first_seq, last_seq] : lengths) {
      EXPECT_EQ(first_seq, next);
      for (const uint64_t length : {uint64_t{16}, uint64_t{64}, uint64_t{128}}) {
        if ((first_seq - 1) % length == 0 && first_seq - 1 + length <= last) {
          EXPECT_GE(last_seq - first_seq + 1, length) << first_seq;
        }
      }
      next = last_seq + 1;
    }
  }

  bool IsFound() const {
    const auto log = EventLog::Open(folder_.path(), EventLog::Mode::kVerify, TestStore());
    CHECK(log.ok());
    FoldCheck check(**log, std::make_unique<IndexFoldMaker>());
    const auto fault = CheckEvents(**log, &check);
    CHECK(fault.ok());
    return fault->has_value();
  }
};

TEST_F(FoldMergingTest, MergedFoldsAnswerAsTheSmallOnesDid) {
  sizes_ = kMerged;
  FillWithSmallFolds();
  ExpectMerged();
  EXPECT_EQ(Lengths()[0], std::pair(uint64_t{1}, uint64_t{128}));
  EXPECT_EQ(Lengths()[1], std::pair(uint64_t{129}, uint64_t{256}));
  ExpectComplete();
  EXPECT_FALSE(IsFound());
}

TEST_F(FoldMergingTest, FoldsOfOlderLedgersAreReadAndThenMerged) {
  FillWithSmallFolds();
  EXPECT_GT(Lengths().size(), 16U);
  ExpectComplete();
  GoOnMerging();
  ExpectMerged();
  ExpectComplete();
  EXPECT_FALSE(IsFound());
}

TEST_F(FoldMergingTest, WhatAMergedFoldHoldsIsRemovedByTheNextWriter) {
  FillWithSmallFolds();
  const TemporaryFolder kept;
  fs::copy(derived(), kept / "small");
  GoOnMerging();
  const auto merged = Lengths();
  fs::copy(kept / "small", derived(), fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  EXPECT_GT(Lengths().size(), merged.size() + 10);
  ExpectComplete();
  EXPECT_FALSE(IsFound());
  {
    const auto log = folder_.OpenForReading();
    EXPECT_EQ(Folds::Open(*log, kIndexFold).all().size(), merged.size());
  }
  Fill("D1", 950, 3);
  ExpectMerged();
  ExpectComplete();
}

TEST_F(FoldMergingTest, FoldsOfOtherKindsStay) {
  FillWithSmallFolds();
  const auto log = folder_.OpenForReading();
  ASSERT_TRUE(Folds::Write(*log, {"history", 1}, 1, 16, {"any rows"}).ok());
  ASSERT_TRUE(MergeFolds(*log, kIndexFold, kMerged).ok());
  EXPECT_FALSE(fs::exists(derived() / "index-1-16"));
  EXPECT_TRUE(fs::exists(derived() / "history-1-16"));
}

TEST_F(FoldMergingTest, WhatWasNotWrittenToItsEndIsWrittenAgain) {
  FillWithSmallFolds();
  std::ofstream(derived() / "index-1-128.part") << "half of it";
  ExpectComplete();
  GoOnMerging();
  ExpectMerged();
  ExpectComplete();
}

TEST_F(FoldMergingTest, AWrongMergedFoldIsFoundByVerification) {
  sizes_ = kMerged;
  FillWithSmallFolds();
  const fs::path path = derived() / "index-1-128";
  FoldParts parts = ReadParts(path);
  for (std::string& section : parts.sections) {
    ASSERT_FALSE(section.empty());
    const std::string kept = section;
    section.back() = static_cast<char>(section.back() ^ 1);
    WriteParts(path, parts);
    EXPECT_TRUE(IsFound());
    section = kept;
  }
  WriteParts(path, parts);
  EXPECT_FALSE(IsFound());
}

TEST_F(FoldMergingTest, ADamagedMergedFoldIsNotBelieved) {
  sizes_ = kMerged;
  FillWithSmallFolds();
  FlipByte(derived() / "index-1-128", 40);
  ExpectComplete();
  EXPECT_TRUE(IsFound());
}

TEST_F(FoldMergingTest, WhatIsDamagedIsNotMerged) {
  FillWithSmallFolds();
  FlipByte(derived() / "index-33-48", 40);
  GoOnMerging();
  EXPECT_TRUE(fs::exists(derived() / "index-33-48"));
  EXPECT_FALSE(fs::exists(derived() / "index-1-128"));
  EXPECT_TRUE(fs::exists(derived() / "index-129-256"));
  ExpectComplete();
  EXPECT_TRUE(IsFound());
}

// Its checksums are right, but its words are not in order, or are of places that it does not have.
TEST_F(FoldMergingTest, WhatIsNoIndexIsNotMerged) {
  FillWithSmallFolds();
  const fs::path path = derived() / "index-33-48";
  const FoldParts right = ReadParts(path);
  const std::string& ids = right.sections[0];
  const std::string swapped = ids.substr(8, 8) + ids.substr(0, 8) + ids.substr(16);
  for (const std::string& wrong : {swapped, "\xff\xff\xff" + ids.substr(3), ids.substr(1)}) {
    FoldParts parts = right;
    parts.sections[0] = wrong;
    WriteParts(path, parts);
    const auto log = folder_.OpenForReading();
    EXPECT_TRUE(MergeFolds(*log, kIndexFold, kMerged).ok());
    EXPECT_FALSE(fs::exists(derived() / "index-1-128"));
    EXPECT_FALSE(fs::exists(derived() / "index-1-128.part")) << "a part of it";
  }
  WriteParts(path, right);
  const auto log = folder_.OpenForReading();
  EXPECT_TRUE(MergeFolds(*log, kIndexFold, kMerged).ok());
  EXPECT_TRUE(fs::exists(derived() / "index-1-128"));
  ExpectComplete();
}

// Of a ledger that went another way: nothing is made of it, and it does not stand in the way of what is right.
TEST_F(FoldMergingTest, FoldsOfOtherEventsAreNotMerged) {
  Fill("C1", 1, 3);
  const TemporaryFolder kept;
  fs::copy(folder_.path(), kept / "older", fs::copy_options::recursive);
  Fill("C2", 4, 40);
  fs::copy(derived(), kept / "derived");
  fs::remove_all(folder_.path());
  fs::copy(kept / "older", folder_.path(), fs::copy_options::recursive);
  Fill("C3", 50, 50);
  fs::remove(derived() / "index-49-64");
  fs::copy(kept / "derived" / "index-49-64", derived() / "index-49-64");
  ExpectComplete();
  {
    const auto log = folder_.OpenForReading();
    EXPECT_TRUE(MergeFolds(*log, kIndexFold, kMerged).ok());
  }
  EXPECT_FALSE(fs::exists(derived() / "index-1-64"));
  EXPECT_FALSE(fs::exists(derived() / "index-1-128"));
  ExpectComplete();
}

TEST_F(FoldMergingTest, ReadersFindAllFoldsWhileTheyAreMerged) {
  FillWithSmallFolds();
  const TemporaryFolder kept;
  fs::copy(derived(), kept / "small");
  const auto log = folder_.OpenForReading();
  const uint64_t end = Folds::Open(*log, kIndexFold).position();
  for (int round = 0; round < 50; round++) {
    std::thread merging([&] { EXPECT_TRUE(MergeFolds(*log, kIndexFold, kMerged).ok()); });
    for (int looks = 0; looks < 5; looks++) {
      const Folds folds = Folds::Open(*log, kIndexFold);
      EXPECT_FALSE(folds.fault().has_value());
      EXPECT_EQ(folds.position(), end);
    }
    merging.join();
    fs::remove_all(derived());
    fs::copy(kept / "small", derived());
  }
}

}  // namespace
}  // namespace duebook
