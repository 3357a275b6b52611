#include "tools/import/map/map_faults.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/check.h"
#include "ledger/values/text.h"

namespace duebook {

void MapFaults::Add(int line, std::string_view sentence, std::string_view hint) {
  Error error{ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", map_, line, Printable(sentence)), Printable(hint)};
  const auto is_it = [&](const Fault& known) { return known.error.sentence == error.sentence; };
  if (std::any_of(faults_.begin(), faults_.end(), is_it)) return;
  if (faults_.size() < kMost) {
    faults_.push_back({line, std::move(error)});
  } else {
    more_++;
  }
}

Error MapFaults::Take() {
  CHECK(!faults_.empty());
  std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) { return a.line < b.line; });
  Error all = std::move(faults_.front().error);
  for (size_t i = 1; i < faults_.size(); i++) all.others.push_back(std::move(faults_[i].error));
  if (more_ > 0) all.others.push_back({all.code, fmt::format("{}: {} more faults", map_, more_), ""});
  return all;
}

}  // namespace duebook
