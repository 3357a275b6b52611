#include "tools/import/rows/xml_repetitions.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/text.h"

namespace duebook {

namespace {

// To be copied into a map, whatever its length.
std::string InQuotes(const std::string& path) { return fmt::format("\"{}\"", Printable(path)); }

}  // namespace

void XmlRepetitions::OnStart(std::string_view element) {
  if (open_.empty()) {
    outermost_ = element.substr(0, kMostPathBytes);
    open_.push_back({outermost_, {}});
    return;
  }
  Open& around = open_.back();
  if (around.path.empty() || around.path.size() + 1 + element.size() > kMostPathBytes) {
    open_.push_back({"", {}});
    return;
  }
  std::string path = fmt::format("{}/{}", around.path, element);
  auto found = around.inside.find(element);
  if (found == around.inside.end() && around.inside.size() < kMost) {
    found = around.inside.emplace(std::string(element), 0).first;
  }
  const bool is_again = found != around.inside.end() && ++found->second > 1;
  if (is_again && (counts_.size() < kMost || counts_.contains(path))) {
    counts_[path] += found->second == 2 ? 2 : 1;  // the first one, too
  }
  open_.push_back({std::move(path), {}});
}

void XmlRepetitions::OnEnd() { open_.pop_back(); }

std::string XmlRepetitions::ToString() const {
  constexpr size_t kMostTold = 8;
  if (counts_.empty()) return InQuotes(outermost_);
  std::vector<std::pair<std::string, uint64_t>> told(counts_.begin(), counts_.end());
  const auto depth = [](const auto& counted) { return std::count(counted.first.begin(), counted.first.end(), '/'); };
  std::stable_sort(told.begin(), told.end(), [&](const auto& a, const auto& b) {
    return depth(a) != depth(b) ? depth(a) < depth(b) : a.second > b.second;
  });
  std::string text;
  for (size_t i = 0; i < std::min(told.size(), kMostTold); i++) {
    text += fmt::format("{}{} ({} times)", i == 0 ? "" : ", ", InQuotes(told[i].first), told[i].second);
  }
  return text;
}

}  // namespace duebook
