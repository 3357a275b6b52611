// Money came in on what was written off: income, and owed no more.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideRecoveryReceived(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::RecoveryReceived>();
  const std::string_view number = EventView::Text(body.write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  const Minor amount = body.amount()->minor();
  const Sum recovered = write_off.recovered.MostFrom(rule_case.event.date()).value;
  if (amount > write_off.amount - recovered) {
    return Rejection{RejectionCode::kMoreThanWrittenOff,
                     fmt::format("recovering {} on write-off {} of {}, of which {} was recovered before",
                                 Shown(amount, write_off.currency), number, Shown(write_off.amount, write_off.currency),
                                 Shown(recovered, write_off.currency)),
                     "amount"};
  }
  return std::nullopt;
}

void EvolveRecoveryReceived(Books& books, EventView event) {
  const auto& body = event.body<schema::RecoveryReceived>();
  EvolveBase(books, books.CreateDocument<PlainDocument>(DocumentKind::kRecovery, EventView::Text(body.recovery())),
             event, body.amount());
  const std::string_view number = EventView::Text(body.write_off());
  books.MutableDocument<WriteOff>(DocumentKind::kWriteOff, number).recovered.Add(event.date(), body.amount()->minor());
  EvolveReversible(books, event, DocumentKind::kWriteOff, number);
}

void EvolveUndone(Books& books, const Reversible& original, Date date) {
  books.MutableDocument<WriteOff>(original.kind, original.number.text()).recovered.Add(date, -original.amount);
}

}  // namespace

const EventKind kRecoveryReceived{
    .chinese = "坏账收回",
    .sentence = "Recovery {recovery} of {amount} received on write-off {write_off}",
    .chinese_sentence = "已核销坏账收回 {recovery}，金额 {amount}，对应坏账核销 {write_off}",
    .check_state = CheckIsInForce<schema::RecoveryReceived>,
    .check_dates = CheckCameIntoForce<schema::RecoveryReceived>,
    .decide = DecideRecoveryReceived,
    .evolve = EvolveRecoveryReceived,
    .undo = {.evolve = EvolveUndone},
};

}  // namespace duebook
