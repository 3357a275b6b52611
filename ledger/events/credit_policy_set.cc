// What is checked before goods are shipped.

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void MoveCreditPolicySet(EventView /*event*/, Figures& figures) { figures.AddFact({}); }

}  // namespace

const EventKind kCreditPolicySet{
    .chinese = "信用政策",
    .sentence =
        "Credit policy:[ checks {checks}][, overdue after {overdue_days} days][, up to {overdue_amount} overdue][, "
        "disputed amounts {disputed}][, prepaid {prepaid}][, guarantees {guarantees}][, bills {bills}][, limits "
        "{bands}][, overrides by {override_roles}]",
    .chinese_sentence =
        "信用政策：[检查 {checks}][，逾期 {overdue_days} 天][，允许逾期 {overdue_amount}][，争议金额 "
        "{disputed}][，预付 {prepaid}][，担保 {guarantees}][，票据 {bills}][，额度权限 {bands}][，放行角色 "
        "{override_roles}]",
    .moves = MoveCreditPolicySet,
};

}  // namespace duebook
