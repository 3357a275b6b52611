// Who was granted which role, by whom, and what is to be remarked of it: for the report of roles, and for the register
// of write-offs, whose approvals rest on roles and policies.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/books/roles.h"
#include "ledger/event/event.h"
#include "ledger/values/date.h"

namespace duebook {

// In the order in which reports tell them.
enum class RoleMark {
  kGrantedWithoutAdministrator,  // on its date nobody held the role administrator, by what was recorded before
  kSelfApproval,                 // granted to themselves, and it was not the first administrator
  kMissingRole,                  // granted by somebody who was not administrator while others were
};
std::string_view MarkName(RoleMark mark);  // "granted_without_administrator"

struct RoleGrant {
  uint64_t seq = 0;
  std::string user, role, granted_by;
  Date from;
  Time recorded_at;
  std::set<RoleMark> marks;
};

// A fold over the events that a cut sees: grants and revocations of roles, policies of write-offs, and periods. Others
// are ignored. What is marked was recorded before Duebook forbade it, or imported.
class RoleRegister {
 public:
  void Evolve(EventView event);

  // In order of seq, as of here and now.
  const std::vector<RoleGrant>& grants() const { return grants_; }
  // All that the user holds on that day.
  std::vector<std::string> RolesOf(const std::string& user, Date date) const;
  // The day from which another grant or a revocation takes the place of the grant; nothing if none does.
  std::optional<Date> EndOf(const RoleGrant& grant) const;
  // By which the user holds the role on that day; null if they do not hold it.
  const RoleGrant* GrantOf(const std::string& user, const std::string& role, Date date) const;
  // The policies that were set while nobody was administrator: their types by seq.
  const std::map<uint64_t, std::string>& policies_without_administrator() const {
    return policies_without_administrator_;
  }
  // The revocations, policies, closings and reopenings that the rules would have refused: others held the role for them
  // on that day, or do still, and who recorded them did not. Their types by seq.
  const std::map<uint64_t, std::string>& without_role() const { return without_role_; }

 private:
  // The changes of one user and role, by date and seq: the place of the grant, or nothing if it is a revocation.
  using Changes = std::map<std::pair<Date, uint64_t>, std::optional<size_t>>;

  bool SomebodyHolds(const std::string& role, Date date) const;
  bool Holds(const std::string& user, const std::string& role, Date date) const {
    return GrantOf(user, role, date) != nullptr;
  }
  static bool IsPolicy(EventView event);
  void CheckKeeper(EventView event, const std::string& role);
  void AddGrant(EventView event, const RoleChange& change);
  const RoleGrant* LastOf(const Changes& changes, Date date) const;

  std::vector<RoleGrant> grants_;
  std::map<std::pair<std::string, std::string>, Changes> changes_;  // by user and role
  std::map<std::string, std::set<std::string>> users_;              // all who ever held a role, by role
  std::map<uint64_t, std::string> policies_without_administrator_;
  std::map<uint64_t, std::string> without_role_;
};

}  // namespace duebook
