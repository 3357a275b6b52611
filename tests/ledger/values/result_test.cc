#include "ledger/values/result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace duebook {
namespace {

const Error kNoLedger{ErrorCode::kNotFound, "no ledger in /nowhere", "duebook init makes one"};

TEST(Error, HintFollowsTheSentence) {
  EXPECT_EQ(kNoLedger.ToString(), "no ledger in /nowhere; duebook init makes one");
  EXPECT_EQ((Error{ErrorCode::kLocked, "another process writes", ""}).ToString(), "another process writes");
}

TEST(Result, HoldsItsValueOrItsError) {
  Result<std::string> good = std::string("value");
  ASSERT_TRUE(good.ok());
  EXPECT_TRUE(static_cast<bool>(good));
  EXPECT_EQ(*good, "value");
  EXPECT_EQ(good->size(), 5U);
  good->append("!");
  EXPECT_EQ(good.value(), "value!");

  const Result<std::string> bad = kNoLedger;
  ASSERT_FALSE(bad.ok());
  EXPECT_FALSE(static_cast<bool>(bad));
  EXPECT_EQ(bad.error().code, ErrorCode::kNotFound);
}

TEST(Result, ValueCanBeMovedOut) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> owned = std::move(*result);
  EXPECT_EQ(*owned, 7);
}

TEST(ResultDeathTest, AskingForWhatIsNotThereStopsTheProgram) {
  const Result<int> bad = kNoLedger;
  EXPECT_DEATH((void)bad.value(), "invariant broken");
  EXPECT_DEATH((void)*bad, "invariant broken");
  const Result<int> good = 7;
  EXPECT_DEATH((void)good.error(), "invariant broken");
  EXPECT_DEATH((void)Status().error(), "invariant broken");
}

Result<int> Half(int value) {
  if (value % 2 != 0) return Error{ErrorCode::kInvalidArgument, "odd", ""};
  return value / 2;
}

Status CheckQuarter(int value) {
  RETURN_IF_ERROR(Half(value));
  RETURN_IF_ERROR(Half(*Half(value)));
  return Status();
}

TEST(Status, FirstErrorLeavesTheFunction) {
  EXPECT_TRUE(CheckQuarter(4).ok());
  EXPECT_FALSE(CheckQuarter(3).ok());
  EXPECT_EQ(CheckQuarter(6).error().sentence, "odd");
}

}  // namespace
}  // namespace duebook
