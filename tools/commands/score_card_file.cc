#include "tools/commands/score_card_file.h"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/map/map_faults.h"
#include "tools/import/rows/toml_file.h"

namespace duebook {

namespace {

constexpr int64_t kMostMonths = 120;
constexpr int64_t kMostValue = 1'000'000'000;
constexpr size_t kMostText = 64;  // bytes of the card's name and version

// Reads one card to its end, and keeps every fault.
class CardReader {
 public:
  CardReader(ScoreCard* card, MapFaults* faults) : card_(*card), faults_(*faults) {}

  void Read(const toml::table& root) {
    CheckKeys(root, "a card", {"name", "version", "months", "grades", "factor"});
    card_.name = ReadText(root, "name");
    card_.version = ReadText(root, "version");
    card_.months = static_cast<int>(ReadNumber(root, "months", 1, kMostMonths).value_or(card_.months));
    if (const toml::node* grades = root.get("grades")) ReadGrades(*grades);
    ReadFactors(root);
  }

 private:
  static int LineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }
  void Fail(const toml::node& node, std::string_view sentence, std::string_view hint = {}) {
    faults_.Add(LineOf(node), sentence, hint);
  }

  void CheckKeys(const toml::table& table, std::string_view where, const std::vector<std::string_view>& known) {
    for (const auto& [key, node] : table) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      Fail(node, fmt::format("{} has no key {}{}", where, Quoted(key.str()), DidYouMean(key.str(), known)));
    }
  }

  // Reads a text that will stand in what is recorded of the customer.
  std::string ReadText(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    const auto text = node == nullptr ? std::nullopt : node->value_exact<std::string>();
    const bool is_good = text.has_value() && !text->empty() && text->size() <= kMostText && Printable(*text) == *text;
    if (!is_good) {
      Fail(node == nullptr ? table : *node,
           fmt::format("{} must be a text in quotes of 1 to {} bytes", key, kMostText));
    }
    return is_good ? *text : "";
  }

  std::optional<int64_t> NumberOf(const toml::node& node, std::string_view what, int64_t least, int64_t most) {
    const auto number = node.value_exact<int64_t>();
    if (number.has_value() && *number >= least && *number <= most) return *number;
    Fail(node, fmt::format("{} must be a whole number from {} to {}", what, least, most));
    return std::nullopt;
  }
  // Returns the number under the key; nothing if it is wrong, or not there.
  std::optional<int64_t> ReadNumber(const toml::table& table, std::string_view key, int64_t least, int64_t most) {
    const toml::node* node = table.get(key);
    return node == nullptr ? std::nullopt : NumberOf(*node, key, least, most);
  }
  int ReadNeeded(const toml::table& table, std::string_view key) {
    if (table.get(key) == nullptr) Fail(table, fmt::format("it lacks the key {}", key));
    return static_cast<int>(ReadNumber(table, key, 0, kWholeScore).value_or(0));
  }

  void ReadGrades(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return Fail(node, "grades must be a table, as { A = 800, B = 600, C = 0 }");
    card_.grades.clear();
    bool is_from_zero = false;
    for (const auto& [key, bound] : *table) {
      const std::string grade(key.str());
      const bool is_good = !grade.empty() && grade.size() <= kMostText && Printable(grade) == grade;
      if (!is_good) Fail(bound, fmt::format("a grade is a text of 1 to {} bytes", kMostText));
      const auto from = NumberOf(bound, fmt::format("the score from which {} holds", Quoted(grade)), 0, kWholeScore);
      if (!from.has_value()) continue;
      is_from_zero = is_from_zero || *from == 0;
      const bool is_taken = std::any_of(card_.grades.begin(), card_.grades.end(),
                                        [&](const auto& other) { return other.second == *from; });
      if (is_taken) Fail(bound, fmt::format("two grades hold from {}", *from));
      card_.grades.emplace_back(grade, static_cast<int>(*from));
    }
    if (!is_from_zero) Fail(node, "no grade holds from 0", "the lowest one does, so that every score has a grade");
  }

  void ReadFactors(const toml::table& root) {
    const toml::node* node = root.get("factor");
    const toml::array* factors = node == nullptr ? nullptr : node->as_array();
    if (factors == nullptr || !factors->is_array_of_tables()) {
      return Fail(node == nullptr ? root : *node, "there is no [[factor]]", "a card has one for each that it weighs");
    }
    int64_t weights = 0;
    for (const toml::node& factor : *factors) {
      ReadFactor(*factor.as_table());
      weights += card_.parts.back().weight;
    }
    if (weights != kWholeScore) {
      Fail(*factors->back().as_table(), fmt::format("the weights add up to {}, and must to {}", weights, kWholeScore));
    }
  }

  void ReadFactor(const toml::table& table) {
    CheckKeys(table, "a factor", {"name", "weight", "points", "over", "missing"});
    ScoreCard::Part& part = card_.parts.emplace_back();
    const std::optional<ScoreFactor> factor = FactorOf(table);
    part.factor = factor.value_or(ScoreFactor::kDaysLate);
    part.weight = ReadNeeded(table, "weight");
    part.over = ReadNeeded(table, "over");
    if (factor.has_value() && (MayBeMissing(*factor) || table.contains("missing"))) {
      part.missing = ReadNeeded(table, "missing");
    }
    ReadPoints(table, &part);
  }

  std::optional<ScoreFactor> FactorOf(const toml::table& table) {
    const std::string name = ReadText(table, "name");
    if (name.empty()) return std::nullopt;
    const std::optional<ScoreFactor> factor = FindFactor(name);
    if (!factor.has_value()) {
      std::vector<std::string_view> names;
      for (size_t i = 0; i < kScoreFactors; i++) names.push_back(FactorName(static_cast<ScoreFactor>(i)));
      Fail(*table.get("name"), fmt::format("there is no factor {}{}", Quoted(name), DidYouMean(name, names)));
      return std::nullopt;
    }
    const bool is_there = std::any_of(card_.parts.begin(), card_.parts.end() - 1,
                                      [&](const ScoreCard::Part& other) { return other.factor == *factor; });
    if (is_there) Fail(table, fmt::format("the factor {} is there twice", name));
    return factor;
  }

  void ReadPoints(const toml::table& table, ScoreCard::Part* part) {
    const toml::node* node = table.get("points");
    const toml::array* steps = node == nullptr ? nullptr : node->as_array();
    if (steps == nullptr) return Fail(node == nullptr ? table : *node, "points must be a list of [up_to, points]");
    for (const toml::node& step : *steps) {
      const toml::array* pair = step.as_array();
      if (pair == nullptr || pair->size() != 2) {
        Fail(step, "each of the points is a pair, [up_to, points]");
        continue;
      }
      const auto up_to = NumberOf(*pair->get(0), "the value up to which points are given", -kMostValue, kMostValue);
      const auto points = NumberOf(*pair->get(1), "points", 0, kWholeScore);
      if (!up_to.has_value() || !points.has_value()) continue;
      if (!part->points.empty() && *up_to <= part->points.back().first) {
        Fail(step, fmt::format("{} comes behind {}: the values must ascend", *up_to, part->points.back().first));
        continue;
      }
      part->points.emplace_back(*up_to, static_cast<int>(*points));
    }
  }

  ScoreCard& card_;
  MapFaults& faults_;
};

}  // namespace

Result<ScoreCard> ParseScoreCard(std::string_view text, const std::string& name) {
  const auto root = ParseToml(text, name);
  RETURN_IF_ERROR(root);
  ScoreCard card;
  MapFaults faults(name);
  CardReader(&card, &faults).Read(*root);
  if (!faults.empty()) return faults.Take();
  return card;
}

}  // namespace duebook
