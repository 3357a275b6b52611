#include "projections/reports/score_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

ScoreCard CardOf(int weight, std::vector<std::pair<int64_t, int>> points) {
  ScoreCard card;
  card.parts.push_back({ScoreFactor::kDaysLate, weight, std::move(points), 100, 500});
  return card;
}

int ScoreOf(const ScoreCard& card, std::optional<int64_t> days_late) {
  FactorValues values;
  values[static_cast<size_t>(ScoreFactor::kDaysLate)] = days_late;
  return ScoreOf(card, values).score;
}

TEST(ScoreCards, GiveThePointsOfTheFirstPairThatIsNotPassed) {
  const ScoreCard card = CardOf(1000, {{0, 1000}, {10, 700}});
  EXPECT_EQ(ScoreOf(card, -5), 1000);
  EXPECT_EQ(ScoreOf(card, 0), 1000);
  EXPECT_EQ(ScoreOf(card, 1), 700);
  EXPECT_EQ(ScoreOf(card, 10), 700);
  EXPECT_EQ(ScoreOf(card, 11), 100);
  EXPECT_EQ(ScoreOf(card, std::nullopt), 500);
}

// 25 x 500 / 1000 is 12.5, and 27 x 500 / 1000 is 13.5.
TEST(ScoreCards, RoundEachContributionHalfToEven) {
  EXPECT_EQ(ScoreOf(CardOf(25, {{0, 500}}), 0), 12);
  EXPECT_EQ(ScoreOf(CardOf(27, {{0, 500}}), 0), 14);
}

TEST(ScoreCards, GradeIsTheGreatestBoundThatIsReached) {
  ScoreCard card;
  EXPECT_EQ(card.GradeOf(1000), "A");
  EXPECT_EQ(card.GradeOf(800), "A");
  EXPECT_EQ(card.GradeOf(799), "B");
  EXPECT_EQ(card.GradeOf(399), "D");
  EXPECT_EQ(card.GradeOf(0), "D");
  card.grades = {{"low", 0}, {"high", 1}};
  EXPECT_EQ(card.GradeOf(1), "high");
}

TEST(ScoreCards, KnowTheirFactorsByName) {
  for (size_t i = 0; i < kScoreFactors; i++) {
    const auto factor = static_cast<ScoreFactor>(i);
    EXPECT_EQ(FindFactor(FactorName(factor)), factor);
  }
  EXPECT_EQ(FindFactor("weather"), std::nullopt);
}

}  // namespace
}  // namespace duebook
