// What is left of a payment or a credit note is paid back.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/fundings.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideRefundPaid(RuleCase& rule_case) {
  const Minor amount = rule_case.event.body<schema::RefundPaid>().amount()->minor();
  return CheckUnapplied(NamedFunding(rule_case.named), rule_case.event.date(), amount, "refunding");
}

void EvolveRefundPaid(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const auto& body = evolve_case.event.body<schema::RefundPaid>();
  const Minor amount = body.amount()->minor();
  EvolveBase(evolve_case, books.CreateDocument<PlainDocument>(DocumentKind::kRefund, EventView::Text(body.refund())),
             body.amount());
  auto& funding = evolve_case.Mutable<Funding>(FundingField(evolve_case.named));
  ChangeRefunded(books, funding, amount);
  funding.unapplied.Add(evolve_case.event.date(), -amount);
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  auto& funding = books.Mutable<Funding>(changed);
  ChangeRefunded(books, funding, -Sum{original.amount});
  funding.unapplied.Add(date, original.amount);
}

void MoveRefundPaid(EventView event, Figures& figures) {
  const Minor amount = event.body<schema::RefundPaid>().amount()->minor();
  figures.Move(ReferredFunding(event), MovementKind::kRefunded, -amount, event.date());
}

}  // namespace

const EventKind kRefundPaid{
    .chinese = "退款",
    .sentence = "Refund {refund} of {amount} paid from[ payment {payment}][ credit note {credit_note}]",
    .chinese_sentence = "退款 {refund}，金额 {amount}，[自收款 {payment}][自贷项通知单 {credit_note}]",
    .check_state = CheckFunding,
    .decide = DecideRefundPaid,
    .evolve = EvolveRefundPaid,
    .undo = {.changes = {"payment", "credit_note"}, .evolve = EvolveUndone},
    .moves = MoveRefundPaid,
};

}  // namespace duebook
