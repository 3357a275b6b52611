#include "ledger/command/rejection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace duebook {
namespace {

TEST(RejectionCode, EveryCodeHasItsOwnPlainName) {
  std::set<std::string_view> names;
  for (const RejectionCode code : AllRejectionCodes()) {
    const std::string_view name = CodeName(code);
    EXPECT_THAT(std::string(name), testing::MatchesRegex("[a-z]+(_[a-z0-9]+)*"));
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

TEST(RejectionCode, AllAreListedInOrderOfPrecedence) {
  const auto& all = AllRejectionCodes();
  ASSERT_EQ(all.size(), static_cast<size_t>(RejectionCode::kBadSignature) + 1);
  for (size_t i = 0; i < all.size(); i++) EXPECT_EQ(static_cast<size_t>(all[i]), i);
  EXPECT_EQ(CodeName(all.front()), "bad_json");
  EXPECT_EQ(CodeName(RejectionCode::kPeriodClosed), "period_closed");
  EXPECT_EQ(CodeName(all.back()), "bad_signature");
}

TEST(RejectionCodeDeathTest, NumberThatIsNoCodeIsABrokenInvariant) {
  EXPECT_DEATH((void)CodeName(static_cast<RejectionCode>(AllRejectionCodes().size())), "invariant broken");
}

}  // namespace
}  // namespace duebook
