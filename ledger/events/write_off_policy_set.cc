// How much approval write-offs need, from a day on.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckPolicy(RuleCase& rule_case) {
  const WriteOffPolicy policy = PolicyOf(rule_case.event);
  const auto refuse = [](std::string sentence, std::string_view field) {
    return Rejection{RejectionCode::kBadField, std::move(sentence), std::string(field)};
  };
  if (policy.bands.empty()) return refuse("a policy needs at least one band", "bands");
  if (policy.months < 0 || policy.months > 1200) {
    return refuse(fmt::format("a window of {} months; it must be 0 to 1200", policy.months), "months");
  }
  for (size_t i = 0; i < policy.bands.size(); i++) {
    const WriteOffBand& band = policy.bands[i];
    const bool last = i + 1 == policy.bands.size();
    if (band.approvals < 1) {
      return refuse(
          fmt::format("band {} asks for {} approvals; at least one person must approve", i + 1, band.approvals),
          "bands");
    }
    if (!last && !band.up_to.has_value()) {
      return refuse(fmt::format("band {} has no limit; only the last band may go without", i + 1), "bands");
    }
    if (i > 0 && band.up_to.has_value() && *band.up_to <= *policy.bands[i - 1].up_to) {
      return refuse(
          fmt::format("band {} ends at {}, the one before it at {}: limits must ascend", i + 1,
                      Shown(*band.up_to, policy.currency), Shown(*policy.bands[i - 1].up_to, policy.currency)),
          "bands");
    }
  }
  return std::nullopt;
}

// Every policy gives limits: those of its bands.
bool SaysLimit(EventView /*event*/) { return true; }

void EvolveWriteOffPolicySet(const EvolveCase& evolve_case) {
  WriteOffPolicy policy = PolicyOf(evolve_case.event);
  if (policy.bands.empty()) return evolve_case.books.Distrust("it sets a policy without bands");
  evolve_case.books.MutableControl().policies.push_back(
      {evolve_case.event.seq(), evolve_case.event.date(), std::move(policy)});
}

}  // namespace

const EventKind kWriteOffPolicySet{
    .chinese = "坏账核销政策",
    .sentence = "Write-off policy set: {bands}; requests within {months} months are added up",
    .chinese_sentence = "坏账核销政策：{bands}；{months} 个月内的申请合并计算",
    .check_fields = CheckPolicy,
    .says_limit = SaysLimit,
    .decide = CheckAdministrator,
    .evolve = EvolveWriteOffPolicySet,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
