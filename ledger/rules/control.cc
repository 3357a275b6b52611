// Roles, policies and periods.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/rules/rule.h"

namespace duebook {

namespace {

constexpr std::string_view kReopenRole = "reopen-period";

}  // namespace

// --- roles ---

void EvolveRoleChange(Books& books, EventView event) {
  books.MutableControl().role_changes.push_back(RoleChangeOf(event));
}

// --- policies ---

std::optional<Rejection> DecideWriteOffPolicySet(RuleCase& rule_case) {
  const WriteOffPolicy policy = PolicyOf(rule_case.event);
  const auto refuse = [](std::string sentence, std::string_view field) {
    return Rejection{RejectionCode::kBadField, std::move(sentence), std::string(field)};
  };
  if (policy.bands.empty()) return refuse("a policy needs at least one band", "bands");
  if (policy.window_months < 0 || policy.window_months > 1200) {
    return refuse(fmt::format("a window of {} months; it must be 0 to 1200", policy.window_months), "window_months");
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

void EvolveWriteOffPolicySet(Books& books, EventView event) {
  books.MutableControl().policies.push_back({event.seq(), event.date(), PolicyOf(event)});
}

// --- periods ---

void EvolvePeriodClosed(Books& books, EventView event) {
  books.MutableControl().closed_through.push_back(DateOf(*event.body<schema::PeriodClosed>().through()));
}

// Lifts every close that ends on `through` or later.
std::optional<Rejection> DecidePeriodReopened(RuleCase& rule_case) {
  const Control& control = rule_case.books.control();
  const Date through = DateOf(*rule_case.event.body<schema::PeriodReopened>().through());
  const auto reaches = [through](Date closed) { return closed >= through; };
  if (std::none_of(control.closed_through.begin(), control.closed_through.end(), reaches)) {
    return Rejection{RejectionCode::kPeriodNotClosed, fmt::format("nothing is closed through {}", through.ToString()),
                     "through"};
  }
  if (!rule_case.event.imported() &&
      !HoldsRole(control.role_changes, rule_case.event.actor(), kReopenRole, rule_case.event.date())) {
    return Rejection{RejectionCode::kMissingRole,
                     fmt::format("{} does not hold the role {} on {}", rule_case.event.actor(), kReopenRole,
                                 rule_case.event.date().ToString()),
                     "actor"};
  }
  return std::nullopt;
}

void EvolvePeriodReopened(Books& books, EventView event) {
  const Date through = DateOf(*event.body<schema::PeriodReopened>().through());
  std::erase_if(books.MutableControl().closed_through, [through](Date closed) { return closed >= through; });
}

}  // namespace duebook
