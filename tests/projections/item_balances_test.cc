#include "projections/item_balances.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace duebook {
namespace {

constexpr WideSum kMost = INT64_MAX;
constexpr WideSum kLeast = INT64_MIN;

TEST(AppendMoney, RefusesWhatDoesNotFit) {
  const Currency cny = Currency::Parse("CNY").value();
  const struct {
    WideSum sum;
    bool fits;
  } cases[] = {{0, true},           {kMost, true},          {kMost + 1, false},        {kLeast, true},
               {kLeast - 1, false}, {2 * kMost + 2, false}, {WideSum{1} << 100, false}};
  for (const auto& one : cases) {
    Row row{"before"};
    const Status status = AppendMoney({1, one.sum}, cny, &row);
    EXPECT_EQ(status.ok(), one.fits);
    if (!one.fits) continue;
    ASSERT_EQ(row.size(), 3U);
    EXPECT_EQ(std::get<Money>(row[1]), (Money{1, cny}));
    EXPECT_EQ(std::get<Money>(row[2]), (Money{static_cast<Minor>(one.sum), cny}));
  }
}

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
    Minor balance;
  } cases[] = {{-1, 3, 0}, {0, 3, 100}, {1, 3, 70}, {2, 3, 77}, {2, 2, 70}, {2, 0, 0}, {0, 2, 100}, {99, 99, 77}};
  for (const auto& one : cases) {
    auto balances = ItemBalances(history, Cut{Date::FromDays(one.day), one.known});
    ASSERT_TRUE(balances.ok());
    EXPECT_EQ(*balances, std::vector<Minor>{one.balance}) << one.day << " known " << one.known;
  }
}

TEST(ItemBalances, OverflowIsAnError) {
  const History history = OneItem({INT64_MAX, 1});
  EXPECT_TRUE(ItemBalances(history, Cut{Date::FromDays(0), 2}).ok());
  EXPECT_FALSE(ItemBalances(history, Cut{Date::FromDays(1), 2}).ok());
}

}  // namespace
}  // namespace duebook
