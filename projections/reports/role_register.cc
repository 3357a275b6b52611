#include "projections/reports/role_register.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "ledger/command/spelling.h"
#include "ledger/values/check.h"

namespace duebook {

std::string_view MarkName(RoleMark mark) {
  switch (mark) {
    case RoleMark::kGrantedWithoutAdministrator:
      return "granted_without_administrator";
    case RoleMark::kSelfApproval:
      return "self_approval";
    case RoleMark::kMissingRole:
      return "missing_role";
  }
  CHECK(false);
}

bool RoleRegister::SomebodyHolds(const std::string& role, Date date) const {
  const auto users = users_.find(role);
  return users != users_.end() && std::any_of(users->second.begin(), users->second.end(),
                                              [&](const std::string& user) { return Holds(user, role, date); });
}

// Judges as the rules do (IsHeldByAnybody and HoldsRoleStill in ledger/books/roles.h), by the changes that the cut
// sees.
void RoleRegister::CheckKeeper(EventView event, const std::string& role) {
  const std::string actor = Nfc(event.actor());
  const bool kept = SomebodyHolds(role, event.date()) || SomebodyHolds(role, Date::Max());
  const bool holds = Holds(actor, role, event.date()) && Holds(actor, role, Date::Max());
  if (kept && !holds) without_role_.emplace(event.seq(), event.info().name);
}

// Policies that name a customer or an invoice need no role.
bool RoleRegister::IsPolicy(EventView event) {
  switch (event.type()) {
    case EventType::WriteOffPolicySet:
    case EventType::CreditPolicySet:
    case EventType::TolerancePolicySet:
    case EventType::CalendarSet:
      return true;
    case EventType::ReminderPolicySet:
    case EventType::InterestSet:
      return event.customer().empty();
    default:
      return false;
  }
}

void RoleRegister::AddGrant(EventView event, const RoleChange& change) {
  RoleGrant grant{event.seq(), change.user, change.role, Nfc(event.actor()), change.date, event.recorded_at(), {}};
  const bool administered = SomebodyHolds(std::string(kAdministrator), change.date);
  if (!administered) grant.marks.insert(RoleMark::kGrantedWithoutAdministrator);
  const bool first = !administered && change.role == kAdministrator;
  if (grant.granted_by == grant.user && !first) grant.marks.insert(RoleMark::kSelfApproval);
  if (administered && !Holds(grant.granted_by, std::string(kAdministrator), change.date)) {
    grant.marks.insert(RoleMark::kMissingRole);
  }
  grants_.push_back(std::move(grant));
}

void RoleRegister::Evolve(EventView event) {
  const EventType type = event.type();
  if (type == EventType::PeriodClosed || type == EventType::PeriodReopened)
    return CheckKeeper(event, std::string(kController));
  const bool is_policy = IsPolicy(event);
  if (is_policy || type == EventType::RoleRevoked) CheckKeeper(event, std::string(kAdministrator));
  if (is_policy && !SomebodyHolds(std::string(kAdministrator), event.date())) {
    policies_without_administrator_.emplace(event.seq(), event.info().name);
  }
  if (type != EventType::RoleGranted && type != EventType::RoleRevoked) return;
  const RoleChange change = RoleChangeOf(event);
  std::optional<size_t> grant;
  if (change.granted) {
    grant = grants_.size();
    AddGrant(event, change);
  }
  changes_[{change.user, change.role}][{change.date, event.seq()}] = grant;
  if (change.granted) users_[change.role].insert(change.user);
}

std::optional<Date> RoleRegister::EndOf(const RoleGrant& grant) const {
  const Changes& changes = changes_.at({grant.user, grant.role});
  const auto next = changes.upper_bound({grant.from, grant.seq});
  return next == changes.end() ? std::nullopt : std::optional(next->first.first);
}

// Null if the last change that is effective on that day is a revocation, or there is none.
const RoleGrant* RoleRegister::LastOf(const Changes& changes, Date date) const {
  const auto later = changes.upper_bound({date, std::numeric_limits<uint64_t>::max()});
  if (later == changes.begin()) return nullptr;
  const std::optional<size_t> grant = std::prev(later)->second;
  return grant.has_value() ? &grants_[*grant] : nullptr;
}

const RoleGrant* RoleRegister::GrantOf(const std::string& user, const std::string& role, Date date) const {
  const auto changes = changes_.find({user, role});
  return changes == changes_.end() ? nullptr : LastOf(changes->second, date);
}

std::vector<std::string> RoleRegister::RolesOf(const std::string& user, Date date) const {
  std::vector<std::string> roles;
  for (auto it = changes_.lower_bound({user, ""}); it != changes_.end() && it->first.first == user; ++it) {
    if (LastOf(it->second, date) != nullptr) roles.push_back(it->first.second);
  }
  return roles;
}

}  // namespace duebook
