#include "tools/import/map/map_faults.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/check.h"
#include "ledger/values/text.h"

namespace duebook {

void MapFaults::Add(int line, std::string_view sentence, std::string_view hint) {
  Error error{ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", map_, line, Printable(sentence)), Printable(hint)};
  if (known_.insert(error.sentence).second) faults_.push_back({line, std::move(error)});
}

void MapFaults::SetLastHint(std::string_view hint) { last_hint_ = Printable(hint); }

Error MapFaults::Take() {
  CHECK(!faults_.empty());
  std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) { return a.line < b.line; });
  Error all = std::move(faults_.front().error);
  for (size_t i = 1; i < std::min(faults_.size(), kMost); i++) all.others.push_back(std::move(faults_[i].error));
  if (faults_.size() > kMost) {
    all.others.push_back({all.code, fmt::format("{}: {} more faults", map_, faults_.size() - kMost), ""});
  }
  Error& last = all.others.empty() ? all : all.others.back();
  if (!last_hint_.empty()) last.hint += (last.hint.empty() ? "" : "; ") + last_hint_;
  return all;
}

}  // namespace duebook
