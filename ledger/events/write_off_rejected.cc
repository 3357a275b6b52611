// A request to write off is refused by people.

#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckIsPending(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::WriteOffRejected>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  if (write_off.state == WriteOffState::kPending) return std::nullopt;
  return RefuseState(RejectionCode::kNotPending, number, write_off.state, "pending");
}

std::optional<Rejection> DecideWriteOffRejected(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  return std::nullopt;
}

void EvolveWriteOffRejected(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::WriteOffRejected>().write_off());
  auto& write_off = books.MutableDocument<WriteOff>(DocumentKind::kWriteOff, number);
  write_off.state = WriteOffState::kRejected;
  ChangeRequested(books, write_off, -1);
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
