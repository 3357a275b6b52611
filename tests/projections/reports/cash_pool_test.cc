#include "projections/reports/cash_pool.h"

#include <gtest/gtest.h>

#include <random>

namespace duebook {
namespace {

Date Day(int day) { return Date::FromDays(20'000 + day); }

TEST(CashPool, AnswersAsLookingAtEachSumWould) {
  std::mt19937 random(7);
  for (const size_t size : {0U, 1U, 2U, 7U, 64U, 100U}) {
    CashPool pool;
    for (size_t i = 0; i < size; ++i) {
      pool.Add({random() % 1'000 * 1'000 + i, Day(static_cast<int>(random() % 40)), 0,
                1 + static_cast<Minor>(random() % 50)});
    }
    pool.Close();
    ASSERT_EQ(pool.size(), size);
    for (int step = 0; step < 400; ++step) {
      const Date first = Day(static_cast<int>(random() % 44) - 2);
      const Date last = random() % 10 == 0 ? Date::Max() : Day(static_cast<int>(random() % 44) - 2);
      int64_t sum = 0;
      size_t next = size;
      for (size_t place = size; place-- > 0;) {
        const CashPool::Cash& cash = pool.at(place);
        if (place > 0) {
          ASSERT_LT(std::pair(pool.at(place - 1).date, pool.at(place - 1).seq), std::pair(cash.date, cash.seq));
        }
        if (cash.date >= first && cash.date <= last) sum += cash.left;
        if (cash.date >= first && cash.left > 0) next = place;
      }
      ASSERT_TRUE(pool.LeftBetween(first, last) == sum);
      ASSERT_EQ(pool.FirstLeft(first), next);
      if (next < size) pool.Lower(next, random() % 2 == 0 ? 0 : pool.at(next).left / 2);
    }
  }
}

// 300,000 questions that pass by each sum would take ten minutes.
TEST(CashPool, PassesByWhatIsUsedUpAtOnce) {
  constexpr size_t kSums = 300'000;
  CashPool pool;
  for (size_t i = 0; i < kSums; ++i) pool.Add({i, Day(0), 0, 1});
  pool.Close();
  for (size_t i = 0; i < kSums; ++i) {
    ASSERT_TRUE(pool.LeftBetween(Day(0), Day(0)) == kSums - i);
    const size_t next = pool.FirstLeft(Day(0));
    ASSERT_EQ(next, i);
    pool.Lower(next, 0);
  }
  EXPECT_EQ(pool.FirstLeft(Day(0)), kSums);
}

}  // namespace
}  // namespace duebook
