// Somebody may do something no longer, from a day on.

#include "ledger/events/event_kind.h"
#include "ledger/events/role_change.h"

namespace duebook {

const EventKind kRoleRevoked{
    .chinese = "撤销角色",
    .sentence = "Role {role} revoked from {user}",
    .chinese_sentence = "撤销 {user} 的角色 {role}",
    .decide = DecideRoleChange,
    .evolve = EvolveRoleChange,
    .loaded = LoadedWith::kControl,
};

}  // namespace duebook
