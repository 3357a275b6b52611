// A timeline against the same quantity worked out day by day.

#include "ledger/values/timeline.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/support/seed.h"

namespace duebook {
namespace {

Date Day(int day) { return Date::FromDays(20'000 + day); }

constexpr int kDays = 30;  // changes are dated Day(0) .. Day(kDays - 1)

class ModelOfTimeline {
 public:
  void Add(int day, Sum change) { changes_[day] += change; }
  Sum At(int day) const {
    Sum value = 0;
    for (const auto& [changed, amount] : changes_) value += changed <= day ? amount : Sum{0};
    return value;
  }
  // The first day from `day` on whose value is beaten by none.
  template <class Beats>
  Timeline::Extreme ExtremeFrom(int day, Beats beats) const {
    int best = day;
    for (int later = day + 1; later <= kDays; later++) {
      if (beats(At(later), At(best))) best = later;
    }
    return {Day(best), At(best)};
  }
  bool ChangesAfter(int day) const {
    for (int later = day + 1; later <= kDays; later++) {
      if (At(later) != At(later - 1)) return true;
    }
    return false;
  }

 private:
  std::map<int, Sum> changes_;
};

void ExpectSame(const Timeline& timeline, const ModelOfTimeline& model) {
  for (int day = -2; day <= kDays; day++) {
    SCOPED_TRACE(day);
    EXPECT_EQ(timeline.At(Day(day)), model.At(day));
    const auto least = model.ExtremeFrom(day, std::less<>());
    EXPECT_EQ(timeline.LeastFrom(Day(day)).value, least.value);
    EXPECT_EQ(timeline.LeastFrom(Day(day)).date, least.date);
    const auto most = model.ExtremeFrom(day, std::greater<>());
    EXPECT_EQ(timeline.MostFrom(Day(day)).value, most.value);
    EXPECT_EQ(timeline.MostFrom(Day(day)).date, most.date);
    EXPECT_EQ(timeline.ChangesAfter(Day(day)), model.ChangesAfter(day));
    EXPECT_EQ(timeline.IsZeroFrom(Day(day)), model.At(day) == 0 && !model.ChangesAfter(day));
  }
}

TEST(Timeline, AgreesWithTheSumOfEachDay) {
  const uint32_t seed = TestSeed(11);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 150 && !testing::Test::HasFailure(); round++) {
    Timeline timeline;
    ModelOfTimeline model;
    for (auto left = random() % 14; left > 0; left--) {
      const int day = static_cast<int>(random() % kDays);
      const Minor change = static_cast<Minor>(random() % 5) - 2;  // small, so that changes often cancel out
      timeline.Add(Day(day), change);
      model.Add(day, change);
    }
    ExpectSame(timeline, model);
  }
}

// Each change is an amount, what they come to is not bound by that.
TEST(Timeline, AgreesWithTheSumOfEachDayBeyondOneAmount) {
  const uint32_t seed = TestSeed(12);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 50 && !testing::Test::HasFailure(); round++) {
    Timeline timeline;
    ModelOfTimeline model;
    for (auto left = random() % 30; left > 0; left--) {
      const int day = static_cast<int>(random() % 4);
      const Minor change = (random() % 3 == 0 ? -1 : 1) * (INT64_MAX - static_cast<Minor>(random() % 2));
      timeline.Add(Day(day), change);
      model.Add(day, change);
    }
    ExpectSame(timeline, model);
  }
}

// The example of the safety theorem: what fits today can overdraw a day in the past.
TEST(Timeline, LeastFromSeesADayInThePast) {
  Timeline open;
  open.Add(Day(0), 100);
  open.Add(Day(5), -100);
  open.Add(Day(20), 100);  // undone later
  EXPECT_EQ(open.At(Day(25)), 100);
  EXPECT_EQ(open.LeastFrom(Day(10)).value, 0);
  EXPECT_EQ(open.LeastFrom(Day(10)).date, Day(10));
  EXPECT_EQ(open.LeastFrom(Day(19)).value, 0);
  EXPECT_EQ(open.LeastFrom(Day(20)).value, 100);
}

// Two changes that cancel out leave nothing behind.
TEST(Timeline, IsTheSameWhateverOrderMadeIt) {
  Timeline one;
  one.Add(Day(1), 5);
  one.Add(Day(3), 2);
  Timeline other;
  other.Add(Day(3), 9);
  other.Add(Day(2), 4);
  other.Add(Day(1), 5);
  other.Add(Day(2), -4);
  other.Add(Day(3), -7);
  other.Add(Day(4), 0);
  EXPECT_EQ(one, other);
}

// Whatever comes first: if a call looked at all days, this would take minutes.
TEST(Timeline, HoldsChangesOnVeryManyDays) {
  constexpr int kMany = 200'000;
  for (const int step : {1, -1, 7, 77'777}) {
    SCOPED_TRACE(step);
    Timeline timeline;
    for (int64_t i = 0; i < kMany; i++) {
      const auto day = static_cast<int>((i * step % kMany + kMany) % kMany);
      timeline.Add(Day(day), day % 2 == 0 ? 3 : -2);
      ASSERT_GE(timeline.LeastFrom(Day(-1)).value, -2 * (i + 1));
    }
    EXPECT_EQ(timeline.At(Day(kMany)), kMany / 2);
    EXPECT_EQ(timeline.LastChange(), Day(kMany - 1));
    EXPECT_EQ(timeline.LeastFrom(Day(1000)).value, 501);
    EXPECT_EQ(timeline.LeastFrom(Day(1000)).date, Day(1001));
    EXPECT_EQ(timeline.MostFrom(Day(1000)).value, kMany / 2 + 2);
    EXPECT_EQ(timeline.MostFrom(Day(1000)).date, Day(kMany - 2));
  }
}

}  // namespace
}  // namespace duebook
