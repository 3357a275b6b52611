#include "projections/role_register.h"

#include <algorithm>
#include <tuple>

#include "ledger/check.h"
#include "ledger/spelling.h"

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

bool RoleRegister::SomebodyAdministers(Date date) const {
  return std::any_of(administrators_.begin(), administrators_.end(), [&](const RoleChange& change) {
    return HoldsRole(administrators_, change.user, kAdministrator, date);
  });
}

void RoleRegister::AddGrant(EventView event, const RoleChange& change) {
  RoleGrant grant{event.seq(), change.user, change.role, Nfc(event.actor()), change.date, event.recorded_at(), {}};
  const bool administered = SomebodyAdministers(change.date);
  if (!administered) grant.marks.insert(RoleMark::kGrantedWithoutAdministrator);
  const bool first = !administered && change.role == kAdministrator;
  if (grant.granted_by == grant.user && !first) grant.marks.insert(RoleMark::kSelfApproval);
  if (administered && !HoldsRole(administrators_, grant.granted_by, kAdministrator, change.date)) {
    grant.marks.insert(RoleMark::kMissingRole);
  }
  grants_.push_back(std::move(grant));
}

void RoleRegister::Evolve(EventView event) {
  if (event.type() == EventType::WriteOffPolicySet) {
    if (!SomebodyAdministers(event.date())) policies_without_administrator_.insert(event.seq());
    return;
  }
  if (event.type() != EventType::RoleGranted && event.type() != EventType::RoleRevoked) return;
  const RoleChange change = RoleChangeOf(event);
  if (change.granted) AddGrant(event, change);
  changes_.push_back(change);
  seqs_.push_back(event.seq());
  if (change.role == kAdministrator) administrators_.push_back(change);
}

std::optional<Date> RoleRegister::EndOf(const RoleGrant& grant) const {
  std::optional<Date> end;
  for (size_t i = 0; i < changes_.size(); i++) {
    const RoleChange& change = changes_[i];
    if (change.user != grant.user || change.role != grant.role) continue;
    const bool later = std::tuple(change.date, seqs_[i]) > std::tuple(grant.from, grant.seq);
    if (later && (!end.has_value() || change.date < *end)) end = change.date;
  }
  return end;
}

const RoleGrant* RoleRegister::GrantOf(std::string_view user, std::string_view role, Date date) const {
  if (!HoldsRole(changes_, user, role, date)) return nullptr;
  const RoleGrant* last = nullptr;
  for (const RoleGrant& grant : grants_) {
    if (grant.user != user || grant.role != role || grant.from > date) continue;
    if (last == nullptr || grant.from >= last->from) last = &grant;
  }
  return last;
}

}  // namespace duebook
