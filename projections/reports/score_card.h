// Scorecards: what is looked at of a customer, and what it makes of that. Whole numbers only.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duebook {

// What a card may look at, in the window of its months up to the cut, in the ledger's currency.
enum class ScoreFactor : uint8_t {
  kDaysLate,     // days between due and paid, weighted by what was paid; missing if nothing was
  kOverdueDays,  // the greatest days that something is overdue
  kUtilisation,  // the exposure in per cent of the limit; missing without one
  kPromiseRate,  // per cent received of what was promised and came due; missing if nothing did
  kBroken,       // how many promises were broken
  kDisputes,     // how many disputes were opened
  kBounced,      // how many payments were reversed, or bills dishonoured
  kHolds,        // how often shipments were stopped
  kRelation,     // whole months of business with the customer
};
inline constexpr size_t kScoreFactors = 9;

// "days_late"
std::string_view FactorName(ScoreFactor factor);
std::optional<ScoreFactor> FindFactor(std::string_view name);
// Whether there may be nothing to look at.
bool MayBeMissing(ScoreFactor factor);

// By factor: what there is to look at; nothing where that is missing.
using FactorValues = std::array<std::optional<int64_t>, kScoreFactors>;

inline constexpr int kWholeScore = 1000;

struct ScoreCard {
  struct Part {
    ScoreFactor factor;
    int weight = 0;                               // of kWholeScore, which all weights add up to
    std::vector<std::pair<int64_t, int>> points;  // up to which value, ascending: how many
    int over = 0;                                 // points above the last of them
    int missing = 0;                              // points where there is nothing to look at
  };

  std::string name, version;
  int months = 12;
  std::vector<std::pair<std::string, int>> grades = {{"A", 800}, {"B", 600}, {"C", 400}, {"D", 0}};  // from which score
  std::vector<Part> parts;

  // Returns the grade of a score: that with the greatest bound which is not above it. Requires a grade from 0 on.
  std::string_view GradeOf(int score) const;
};

// What a card makes of the values.
struct Score {
  struct Part {
    int points = 0;
    int contribution = 0;  // weight x points / kWholeScore, rounded half to even
  };
  std::vector<Part> parts;  // of the card's
  int score = 0;            // what they add up to, at most kWholeScore
};
Score ScoreOf(const ScoreCard& card, const FactorValues& values);

}  // namespace duebook
