// A bill is not paid: what it paid is open again. The payment is taken back with all that it paid, as one that bounced.

#include "ledger/events/bills.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/reversals.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideBillDishonoured(RuleCase& rule_case) {
  if (auto rejection = CheckNothingRefunded(rule_case)) return rejection;
  // From here on it succeeds.
  rule_case.command.Set("amount", rule_case.named.Get<Funding>("payment").amount);
  ReverseApplications(rule_case);
  return std::nullopt;
}

// About the payment; its amount is what the refusal cost.
void MoveBillDishonoured(EventView event, Figures& figures) {
  const auto& body = event.body<schema::BillDishonoured>();
  MovePaymentTakenBack(event, body.amount(), figures);
  figures.AddFact({.subject = event.Referred("payment"), .amount = AmountOf(body.cost())});
}

}  // namespace

const EventKind kBillDishonoured{
    .chinese = "票据拒付",
    .sentence = "Bill of payment {payment}[ of {amount}] not paid: {reason}[, which cost {cost}]",
    .chinese_sentence = "收款 {payment} 的票据被拒付[，金额 {amount}]：{reason}[，费用 {cost}]",
    .check_state = CheckBillIsUnpaid,
    .check_dates = CheckNotUsedLater,
    .decide = DecideBillDishonoured,
    .evolve = EvolvePaymentTakenBack,
    .moves = MoveBillDishonoured,
};

}  // namespace duebook
