// A request to write off is refused by people.

#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckIsPending(RuleCase& rule_case) {
  const NamedDocument& write_off = rule_case.named.By("write_off");
  if (write_off.Get<WriteOff>().state == WriteOffState::kPending) return std::nullopt;
  return RefuseState(RejectionCode::kNotPending, write_off, "pending");
}

std::optional<Rejection> DecideWriteOffRejected(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  return std::nullopt;
}

void EvolveWriteOffRejected(const EvolveCase& evolve_case) {
  auto& write_off = evolve_case.Mutable<WriteOff>("write_off");
  write_off.state = WriteOffState::kRejected;
  ChangeRequested(evolve_case, write_off, -1);
}

}  // namespace

const EventKind kWriteOffRejected{
    .chinese = "坏账驳回",
    .sentence = "Write-off {write_off} rejected[: {reason}]",
    .chinese_sentence = "驳回坏账核销 {write_off}[：{reason}]",
    .check_state = CheckIsPending,
    .decide = DecideWriteOffRejected,
    .evolve = EvolveWriteOffRejected,
};

}  // namespace duebook
