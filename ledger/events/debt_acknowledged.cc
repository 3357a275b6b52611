// A customer acknowledges in writing what it owes.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/words.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckAcknowledgement(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::DebtAcknowledged>();
  if (auto rejection = CheckWord("kind", EventView::Text(body.kind()), {"iou", "statement"})) return rejection;
  const Date as_of = DateOf(*body.as_of());
  const Date date = rule_case.event.date();
  if (as_of <= date) return std::nullopt;
  return Rejection{
      RejectionCode::kBadDate,
      fmt::format("acknowledged on {} what is owed on {}, a day to come", date.ToString(), as_of.ToString()), "as_of"};
}

void EvolveDebtAcknowledged(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::DebtAcknowledged>();
  const std::string_view number = EventView::Text(body.acknowledgement());
  EvolveBase(evolve_case, evolve_case.books.CreateDocument<PlainDocument>(DocumentKind::kAcknowledgement, number),
             body.amount());
}

// It changes nothing but that its number is given.
void EvolveUndone(Books& /*books*/, const Reversible& /*original*/, const Books::Found& /*changed*/, Date /*date*/) {}

// Its parts are the invoices that it is for, its day the one as of which the amount is owed, its key the
// acknowledgement, its text the kind.
void MoveDebtAcknowledged(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DebtAcknowledged>();
  std::vector<FactPart> parts;
  for (const uint64_t invoice : event.AllReferred("invoices")) parts.push_back({invoice, event.date(), 0});
  figures.AddFact({.amount = body.amount()->minor(),
                   .day = DateOf(*body.as_of()),
                   .key = EventView::Text(body.acknowledgement()),
                   .text = EventView::Text(body.kind()),
                   .parts = parts});
}

}  // namespace

const EventKind kDebtAcknowledged{
    .chinese = "确认欠款",
    .sentence =
        "Debt of {amount} as of {as_of} acknowledged by {acknowledgement}[, {kind}], signed by {signed_by}[, for "
        "invoices {invoices}][, for shipments {shipments}]",
    .chinese_sentence =
        "确认欠款 {acknowledgement}：截至 {as_of} 欠 {amount}[，{kind}]，{signed_by} 签字[，对应发票 "
        "{invoices}][，对应发货单 {shipments}]",
    .check_fields = CheckAcknowledgement,
    .check_state = CheckShipmentsStand,
    .evolve = EvolveDebtAcknowledged,
    .undo = {.evolve = EvolveUndone},
    .moves = MoveDebtAcknowledged,
};

}  // namespace duebook
