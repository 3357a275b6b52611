// Somebody may do something from a day on.

#include "ledger/events/event_kind.h"
#include "ledger/events/role_change.h"

namespace duebook {

const EventKind kRoleGranted{
    .chinese = "授予角色",
    .sentence = "Role {role} granted to {user}",
    .chinese_sentence = "授予 {user} 角色 {role}",
    .decide = DecideRoleChange,
    .evolve = EvolveRoleChange,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
