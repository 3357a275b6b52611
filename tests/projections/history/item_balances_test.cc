#include "projections/history/item_balances.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/projections/hand_made_history.h"

namespace duebook {
namespace {

// A history of one invoice and these movements on it, one a day from 1970-01-01, one a seq from 1.
History OneItem(const std::vector<Minor>& amounts) {
  HandMadeHistory history;
  history.Add({1, Date(), ItemKind::kInvoice, "I", 100});
  for (size_t i = 0; i < amounts.size(); ++i) {
    history.Add({i + 1, Date::FromDays(static_cast<int32_t>(i)), 0, MovementKind::kIssued, amounts[i]});
  }
  return history.Take();
}

Sum BalanceAt(const History& history, int32_t day, uint64_t known) {
  const ItemBalances balances(history, Cut{Date::FromDays(day), known});
  EXPECT_EQ(balances.size(), 1U);
  return balances[0];
}

TEST(ItemBalances, SumsWhatTheCutSees) {
  const History history = OneItem({100, -30, 7});
  const struct {
    int32_t day;
    uint64_t known;
    Sum balance;
  } cases[] = {{-1, 3, 0}, {0, 3, 100}, {1, 3, 70}, {2, 3, 77}, {2, 2, 70}, {2, 0, 0}, {0, 2, 100}, {99, 99, 77}};
  for (const auto& one : cases) {
    EXPECT_EQ(BalanceAt(history, one.day, one.known), one.balance) << one.day << " known " << one.known;
  }
}

TEST(ItemBalances, AreNotBoundByWhatOneAmountHolds) {
  const History history = OneItem({INT64_MAX, INT64_MAX, 1, -INT64_MAX, -INT64_MAX, -INT64_MAX, -INT64_MAX});
  EXPECT_EQ(BalanceAt(history, 2, 7), Sum{INT64_MAX} * 2 + 1);
  EXPECT_EQ(BalanceAt(history, 3, 7), Sum{INT64_MAX} + 1);
  EXPECT_EQ(BalanceAt(history, 4, 7), Sum{1});
  EXPECT_EQ(BalanceAt(history, 6, 7), Sum{1} - Sum{INT64_MAX} * 2);
}

// Amounts that are kept in four bytes each add up to more.
TEST(ItemBalances, AreNotBoundByHowAmountsAreKept) {
  const History history = OneItem({INT32_MAX, INT32_MAX, INT32_MAX, -INT32_MAX, -INT32_MAX, -INT32_MAX, -INT32_MAX});
  for (const auto& [day, balance] : {std::pair{1, 2}, {2, 3}, {3, 2}, {5, 0}, {6, -1}}) {
    EXPECT_EQ(BalanceAt(history, day, 7), Sum{INT32_MAX} * balance) << day;
  }
}

}  // namespace
}  // namespace duebook
