// What is left of a payment or a credit note is paid back.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/fundings.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideRefundPaid(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::RefundPaid>();
  const FundingName name = FundingOf(body);
  return CheckUnapplied(NamedFunding(rule_case, name), name, rule_case.event.date(), body.amount()->minor(),
                        "refunding");
}

void EvolveRefundPaid(Books& books, EventView event) {
  const auto& body = event.body<schema::RefundPaid>();
  const FundingName name = FundingOf(body);
  EvolveBase(books, books.CreateDocument<PlainDocument>(DocumentKind::kRefund, EventView::Text(body.refund())), event,
             body.amount());
  auto& funding = books.MutableDocument<Funding>(name.kind, name.number);
  ChangeRefunded(books, funding, body.amount()->minor());
  funding.unapplied.Add(event.date(), -body.amount()->minor());
  EvolveReversible(books, event, name.kind, name.number);
}

void EvolveUndone(Books& books, const Reversible& original, Date date) {
  auto& funding = books.MutableDocument<Funding>(original.kind, original.number.text());
  ChangeRefunded(books, funding, -Sum{original.amount});
  funding.unapplied.Add(date, original.amount);
}

}  // namespace

const EventKind kRefundPaid{
    .chinese = "退款",
    .sentence = "Refund {refund} of {amount} paid from[ payment {payment}][ credit note {credit_note}]",
    .chinese_sentence = "退款 {refund}，金额 {amount}，[自收款 {payment}][自贷项通知单 {credit_note}]",
    .check_state = CheckFunding<schema::RefundPaid>,
    .decide = DecideRefundPaid,
    .evolve = EvolveRefundPaid,
    .undo = {.evolve = EvolveUndone},
};

}  // namespace duebook
