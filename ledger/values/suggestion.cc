#include "ledger/values/suggestion.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "ledger/values/ascii.h"
#include "ledger/values/text.h"

namespace duebook {
namespace {

constexpr size_t kLongestName = 40;
constexpr size_t kLongestQuote = 60;

// Levenshtein's distance, row by row.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); i++) {
    size_t diagonal = row[0]++;
    for (size_t j = 0; j < b.size(); j++) {
      const size_t replaced = diagonal + (LowerCase(a[i]) == LowerCase(b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row[b.size()];
}

constexpr size_t kFewestLetters = 4;  // that tell what somebody means
constexpr size_t kMostNames = 6;

// In lower case, of one thing rather than several.
std::string Letters(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    const char lower = LowerCase(c);
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) letters += lower;
  }
  if (letters.ends_with('s')) letters.pop_back();
  return letters;
}

bool IsContinuation(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

}  // namespace

std::string_view ClosestName(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.size() > kLongestName) return {};
  std::string_view closest;
  size_t smallest = SIZE_MAX;
  for (const std::string_view candidate : candidates) {
    const size_t distance = Distance(name, candidate);
    if (distance < smallest && 3 * distance <= candidate.size()) {
      smallest = distance;
      closest = candidate;
    }
  }
  return closest;
}

std::vector<std::string_view> NearestNames(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string_view closest = ClosestName(name, candidates);
  if (!closest.empty()) return {closest};
  std::vector<std::string_view> nearest;
  const std::string letters = name.size() > kLongestName ? "" : Letters(name);
  if (letters.size() < kFewestLetters) return nearest;
  for (const std::string_view candidate : candidates) {
    const bool holds = Letters(candidate).find(letters) != std::string::npos;
    if (holds && nearest.size() < kMostNames) nearest.push_back(candidate);
  }
  return nearest;
}

std::string DidYouMean(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::vector<std::string_view> nearest = NearestNames(name, candidates);
  std::string names;
  for (size_t i = 0; i < nearest.size(); i++) {
    names += i == 0 ? "; did you mean " : i + 1 == nearest.size() ? " or " : ", ";
    names += Quoted(nearest[i]);
  }
  return names;
}

std::string Quoted(std::string_view text) {
  size_t size = text.size();
  const bool cut = size > kLongestQuote;
  if (cut) {
    for (size = kLongestQuote; size > 0 && IsContinuation(text[size]);) size--;
  }
  return '"' + Printable(text.substr(0, size)) + (cut ? "...\"" : "\"");
}

}  // namespace duebook
