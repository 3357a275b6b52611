// Who holds which role, from the RoleGranted and RoleRevoked events: the ledger decides by it, the register of
// write-offs reports by it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/values/date.h"

namespace duebook {

// Grants and revokes roles, and sets policies.
inline constexpr std::string_view kAdministrator = "administrator";
// Closes periods and opens them again.
inline constexpr std::string_view kController = "controller";

struct RoleChange {
  std::string user;
  std::string role;
  Date date;
  bool granted = false;  // else revoked
  friend bool operator==(const RoleChange&, const RoleChange&) = default;
};

// Returns the change that an event of type RoleGranted or RoleRevoked makes. Names are in NFC, in which all people are
// compared.
RoleChange RoleChangeOf(EventView event);

// Returns whether the user holds the role on a business date, given all changes recorded so far, in order of seq. The
// change that counts is the last one dated on or before that date; of several on one day, the one recorded last.
bool HoldsRole(const std::vector<RoleChange>& changes, std::string_view user, std::string_view role, Date date);

// Returns whether the user does, and still did when the last change known was made, whatever its date: what was revoked
// meanwhile does not count for an event that is dated back.
bool HoldsRoleStill(const std::vector<RoleChange>& changes, std::string_view user, std::string_view role, Date date);

// Returns whether anybody holds the role, on this date or by the last change known.
bool IsHeldByAnybody(const std::vector<RoleChange>& changes, std::string_view role, Date date);

// Returns all roles held on a date, in the order in which they first appear.
std::vector<std::string> RolesOf(const std::vector<RoleChange>& changes, std::string_view user, Date date);
// Returns those of them that are still held.
std::vector<std::string> RolesStillOf(const std::vector<RoleChange>& changes, std::string_view user, Date date);

}  // namespace duebook
