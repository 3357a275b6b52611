// What was written off is owed again.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckMayBeReversed(RuleCase& rule_case) {
  if (auto rejection = CheckIsInForce(rule_case)) return rejection;
  const NamedDocument& named = rule_case.named.By("write_off");
  const auto& write_off = named.Get<WriteOff>();
  const Timeline::Extreme recovered = write_off.recovered.MostFrom(rule_case.event.date());
  if (recovered.value <= 0) return std::nullopt;
  return Rejection{RejectionCode::kRecovered,
                   fmt::format("{} was recovered on write-off {}; what came in as income cannot be owed again",
                               Shown(recovered.value, write_off.currency), named.number()),
                   "write_off"};
}

std::optional<Rejection> DecideWriteOffReversed(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  // From here on it succeeds.
  rule_case.command.Set("amount", rule_case.named.Get<WriteOff>("write_off").amount);
  return std::nullopt;
}

void EvolveWriteOffReversed(const EvolveCase& evolve_case) {
  auto& write_off = evolve_case.Mutable<WriteOff>("write_off");
  write_off.state = WriteOffState::kReversed;
  auto& invoice = evolve_case.books.Mutable<Invoice>(evolve_case.named.By("write_off").parents[0]);
  Settle(invoice, evolve_case.event.date(), -write_off.amount);
  ChangeRequested(evolve_case, write_off, -1);
}

void MoveWriteOffReversed(EventView event, Figures& figures) {
  const Minor amount = AmountOf(event.body<schema::WriteOffReversed>().amount());
  figures.Move(event.Referred("write_off.invoice"), MovementKind::kWrittenOff, amount, event.date());
}

}  // namespace

const EventKind kWriteOffReversed{
    .chinese = "坏账转回",
    .sentence = "Write-off {write_off}[ of {amount}] reversed[: {reason}]",
    .chinese_sentence = "转回坏账核销 {write_off}[，金额 {amount}][：{reason}]",
    .check_state = CheckMayBeReversed,
    .check_dates = CheckCameIntoForce,
    .decide = DecideWriteOffReversed,
    .evolve = EvolveWriteOffReversed,
    .moves = MoveWriteOffReversed,
};

}  // namespace duebook
