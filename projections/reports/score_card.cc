#include "projections/reports/score_card.h"

#include <algorithm>

#include "ledger/values/check.h"
#include "ledger/values/rounding.h"

namespace duebook {

namespace {

constexpr std::array<std::string_view, kScoreFactors> kNames = {
    "days_late", "overdue_days", "utilisation", "promise_rate", "broken", "disputes", "bounced", "holds", "relation"};

int PointsOf(const ScoreCard::Part& part, std::optional<int64_t> value) {
  if (!value.has_value()) return part.missing;
  const auto step = std::find_if(part.points.begin(), part.points.end(),
                                 [&](const std::pair<int64_t, int>& each) { return *value <= each.first; });
  return step == part.points.end() ? part.over : step->second;
}

}  // namespace

std::string_view FactorName(ScoreFactor factor) { return kNames.at(static_cast<size_t>(factor)); }

std::optional<ScoreFactor> FindFactor(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<ScoreFactor>(found - kNames.begin());
}

bool MayBeMissing(ScoreFactor factor) {
  return factor == ScoreFactor::kDaysLate || factor == ScoreFactor::kUtilisation || factor == ScoreFactor::kPromiseRate;
}

std::string_view ScoreCard::GradeOf(int score) const {
  const std::pair<std::string, int>* best = nullptr;
  for (const auto& grade : grades) {
    if (grade.second <= score && (best == nullptr || grade.second > best->second)) best = &grade;
  }
  CHECK(best != nullptr);
  return best->first;
}

Score ScoreOf(const ScoreCard& card, const FactorValues& values) {
  Score score;
  for (const ScoreCard::Part& part : card.parts) {
    const int points = PointsOf(part, values.at(static_cast<size_t>(part.factor)));
    const auto contribution = static_cast<int>(DivideHalfEven(Sum{part.weight} * points, kWholeScore));
    score.parts.push_back({points, contribution});
    score.score += contribution;
  }
  return score;
}

}  // namespace duebook
