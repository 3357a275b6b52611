#include "ledger/books/roles.h"

#include <algorithm>

#include "ledger/command/spelling.h"

namespace duebook {

RoleChange RoleChangeOf(EventView event) {
  const auto change = [event](const flatbuffers::String* user, const flatbuffers::String* role, bool granted) {
    return RoleChange{Nfc(EventView::Text(user)), Nfc(EventView::Text(role)), event.date(), granted};
  };
  if (event.type() == EventType::RoleGranted) {
    const auto& body = event.body<schema::RoleGranted>();
    return change(body.user(), body.role(), true);
  }
  const auto& body = event.body<schema::RoleRevoked>();
  return change(body.user(), body.role(), false);
}

bool HoldsRole(const std::vector<RoleChange>& changes, std::string_view user, std::string_view role, Date date) {
  const RoleChange* last = nullptr;
  for (const RoleChange& change : changes) {
    if (change.user != user || change.role != role || change.date > date) continue;
    if (last == nullptr || change.date >= last->date) last = &change;
  }
  return last != nullptr && last->granted;
}

bool HoldsRoleStill(const std::vector<RoleChange>& changes, std::string_view user, std::string_view role, Date date) {
  return HoldsRole(changes, user, role, date) && HoldsRole(changes, user, role, Date::Max());
}

bool IsHeldByAnybody(const std::vector<RoleChange>& changes, std::string_view role, Date date) {
  return std::any_of(changes.begin(), changes.end(), [&](const RoleChange& change) {
    return change.role == role &&
           (HoldsRole(changes, change.user, role, date) || HoldsRole(changes, change.user, role, Date::Max()));
  });
}

std::vector<std::string> RolesOf(const std::vector<RoleChange>& changes, std::string_view user, Date date) {
  std::vector<std::string> roles;
  for (const RoleChange& change : changes) {
    const bool known = std::find(roles.begin(), roles.end(), change.role) != roles.end();
    if (change.user == user && !known && HoldsRole(changes, user, change.role, date)) roles.push_back(change.role);
  }
  return roles;
}

std::vector<std::string> RolesStillOf(const std::vector<RoleChange>& changes, std::string_view user, Date date) {
  std::vector<std::string> roles = RolesOf(changes, user, date);
  std::erase_if(roles, [&](const std::string& role) { return !HoldsRole(changes, user, role, Date::Max()); });
  return roles;
}

}  // namespace duebook
