#include "tools/import/pipeline/late_references.h"

#include <fmt/core.h>

#include <algorithm>

namespace duebook {

namespace {

constexpr size_t kMostNoted = 20;

}  // namespace

void LateReferences::Note(const std::string& file, uint64_t line, const Rejection& rejection) {
  if (rejection.missing.empty() || noted_.size() == kMostNoted) return;
  if (!known_.emplace(rejection.missing_kind, rejection.missing).second) return;
  noted_.push_back({fmt::format("{}:{}", file, line), rejection});
}

Result<std::vector<LateReference>> LateReferences::Find(const Ask& ask, const Visit& visit) const {
  std::vector<LateReference> found;
  for (const Noted& noted : noted_) {
    const Rejection& rejection = noted.rejection;
    const auto seq = ask(rejection);
    RETURN_IF_ERROR(seq);
    if (!seq->has_value()) continue;
    std::string thing = rejection.missing_kind + " " + rejection.missing;
    std::replace(thing.begin(), thing.begin() + static_cast<std::ptrdiff_t>(rejection.missing_kind.size()), '_', ' ');
    RETURN_IF_ERROR(visit(**seq, [&](EventView event) {
      found.push_back({noted.line, std::move(thing), event.date(), std::string(event.source())});
    }));
  }
  return found;
}

}  // namespace duebook
