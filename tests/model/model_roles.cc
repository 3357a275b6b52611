// Roles in the reference model: who was granted which, until when, and under whose authority.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

bool Model::WithoutAdministrator(const Fact& fact) const {
  const Cut then{fact.date, fact.seq - 1};
  return std::none_of(facts_.begin(), facts_.end(), [&](const Fact& each) {
    return each.role == "administrator" && Holds(each.user, each.role, fact.date, then);
  });
}

bool Model::RestsOnNoAdministrator(const Fact& request, const Fact& approval, const Cut& cut) const {
  const Fact* policy = Policy(request, cut);
  if (policy == nullptr) return false;
  if (WithoutAdministrator(*policy)) return true;
  const Band* band = BandOf(request, cut);
  if (band == nullptr) return false;
  const Cut then{approval.date, approval.seq};
  for (const std::string& role : band->roles) {
    if (!Holds(approval.actor, role, approval.date, then)) continue;
    const Fact* last = nullptr;
    for (const Fact* fact : Visible(then)) {
      const bool grant = fact->type == "RoleGranted" && fact->user == approval.actor && fact->role == role;
      if (grant && (last == nullptr || fact->date >= last->date)) last = fact;
    }
    if (WithoutAdministrator(*last)) return true;
  }
  return false;
}

std::map<Minor, RoleRow> Model::Roles(const Cut& cut) const {
  std::map<Minor, RoleRow> rows;
  for (const Fact* grant : Visible(cut)) {
    if (grant->type != "RoleGranted") continue;
    RoleRow row{grant->user, grant->role, grant->actor, grant->date, std::nullopt, {}};
    for (const Fact* other : Visible(cut)) {
      if (other->type != "RoleGranted" && other->type != "RoleRevoked") continue;
      if (other->user != grant->user || other->role != grant->role) continue;
      const bool follows = other->date > grant->date || (other->date == grant->date && other->seq > grant->seq);
      if (follows && (!row.to.has_value() || other->date < *row.to)) row.to = other->date;
    }
    const bool nobody = WithoutAdministrator(*grant);
    if (nobody) row.marks.insert("granted_without_administrator");
    if (grant->user == grant->actor && !(nobody && grant->role == "administrator")) row.marks.insert("self_approval");
    if (!nobody && !Holds(grant->actor, "administrator", grant->date, {grant->date, grant->seq - 1})) {
      row.marks.insert("missing_role");
    }
    rows.emplace(static_cast<Minor>(rows.size()), row);
  }
  return rows;
}

}  // namespace duebook::model
