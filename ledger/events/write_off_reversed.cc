// What was written off is owed again.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckMayBeReversed(RuleCase& rule_case) {
  if (auto rejection = CheckIsInForce<schema::WriteOffReversed>(rule_case)) return rejection;
  const std::string_view number = EventView::Text(rule_case.event.body<schema::WriteOffReversed>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  const Timeline::Extreme recovered = write_off.recovered.MostFrom(rule_case.event.date());
  if (recovered.value <= 0) return std::nullopt;
  return Rejection{RejectionCode::kRecovered,
                   fmt::format("{} was recovered on write-off {}; what came in as income cannot be owed again",
                               Shown(recovered.value, write_off.currency), number),
                   "write_off"};
}

std::optional<Rejection> DecideWriteOffReversed(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  const auto& body = rule_case.event.body<schema::WriteOffReversed>();
  // From here on it succeeds.
  rule_case.command.SetInternal("amount", NamedWriteOff(rule_case, EventView::Text(body.write_off())).amount);
  return std::nullopt;
}

void EvolveWriteOffReversed(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::WriteOffReversed>().write_off());
  auto& write_off = books.MutableDocument<WriteOff>(DocumentKind::kWriteOff, number);
  write_off.state = WriteOffState::kReversed;
  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, write_off.invoice);
  Settle(invoice, event.date(), -write_off.amount);
  ChangeRequested(books, write_off, -1);
}

}  // namespace

const EventKind kWriteOffReversed{
    .chinese = "坏账转回",
    .sentence = "Write-off {write_off}[ of {amount}] reversed[: {reason}]",
    .chinese_sentence = "转回坏账核销 {write_off}[，金额 {amount}][：{reason}]",
    .check_state = CheckMayBeReversed,
    .check_dates = CheckCameIntoForce<schema::WriteOffReversed>,
    .decide = DecideWriteOffReversed,
    .evolve = EvolveWriteOffReversed,
};

}  // namespace duebook
