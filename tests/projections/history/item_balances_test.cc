#include "projections/history/item_balances.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace duebook {
namespace {

// A history of one invoice and these movements on it, one a day from 1970-01-01, one a seq from 1.
History OneItem(const std::vector<Minor>& amounts) {
  History history;
  history.items.seq = {1};
  for (size_t i = 0; i < amounts.size(); ++i) {
    history.movements.seq.push_back(i + 1);
    history.movements.date.push_back(Date::FromDays(static_cast<int32_t>(i)));
    history.movements.amount.push_back(amounts[i]);
    history.movements.item.push_back(0);
  }
  return history;
}

TEST(ItemBalances, SumsWhatTheCutSees) {
  const History history = OneItem({100, -30, 7});
  const struct {
    int32_t day;
    uint64_t known;
    Sum balance;
  } cases[] = {{-1, 3, 0}, {0, 3, 100}, {1, 3, 70}, {2, 3, 77}, {2, 2, 70}, {2, 0, 0}, {0, 2, 100}, {99, 99, 77}};
  for (const auto& one : cases) {
    EXPECT_EQ(ItemBalances(history, Cut{Date::FromDays(one.day), one.known}), std::vector<Sum>{one.balance})
        << one.day << " known " << one.known;
  }
}

TEST(ItemBalances, AreNotBoundByWhatOneAmountHolds) {
  const History history = OneItem({INT64_MAX, INT64_MAX, 1, -INT64_MAX});
  EXPECT_EQ(ItemBalances(history, Cut{Date::FromDays(2), 4}), std::vector<Sum>{Sum{INT64_MAX} * 2 + 1});
  EXPECT_EQ(ItemBalances(history, Cut{Date::FromDays(3), 4}), std::vector<Sum>{Sum{INT64_MAX} + 1});
}

}  // namespace
}  // namespace duebook
