// Money came in on what was written off: income, and owed no more.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideRecoveryReceived(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("write_off");
  const auto& write_off = named.Get<WriteOff>();
  const Minor amount = rule_case.event.body<schema::RecoveryReceived>().amount()->minor();
  const Sum recovered = write_off.recovered.MostFrom(rule_case.event.date()).value;
  if (amount > write_off.amount - recovered) {
    return Rejection{RejectionCode::kMoreThanWrittenOff,
                     fmt::format("recovering {} on write-off {} of {}, of which {} was recovered before",
                                 Shown(amount, write_off.currency), named.number(),
                                 Shown(write_off.amount, write_off.currency), Shown(recovered, write_off.currency)),
                     "amount"};
  }
  return std::nullopt;
}

void EvolveRecoveryReceived(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::RecoveryReceived>();
  const std::string_view number = EventView::Text(body.recovery());
  EvolveBase(evolve_case, evolve_case.books.CreateDocument<PlainDocument>(DocumentKind::kRecovery, number),
             body.amount());
  evolve_case.Mutable<WriteOff>("write_off").recovered.Add(evolve_case.event.date(), body.amount()->minor());
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  books.Mutable<WriteOff>(changed).recovered.Add(date, -original.amount);
}

}  // namespace

const EventKind kRecoveryReceived{
    .chinese = "坏账收回",
    .sentence = "Recovery {recovery} of {amount} received on write-off {write_off}",
    .chinese_sentence = "已核销坏账收回 {recovery}，金额 {amount}，对应坏账核销 {write_off}",
    .check_state = CheckIsInForce,
    .check_dates = CheckCameIntoForce,
    .decide = DecideRecoveryReceived,
    .evolve = EvolveRecoveryReceived,
    .undo = {.changes = {"write_off"}, .evolve = EvolveUndone},
};

}  // namespace duebook
