// A bounced payment takes its applications with it, on the same day. That needs all of its use to lie on or before that
// day, and none of it to have been paid out again. Of a payment by bill it needs the bill to be held: what was passed
// on or honoured is dishonoured, or stays.

#include "ledger/events/bills.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/fundings.h"
#include "ledger/events/guarantees.h"
#include "ledger/events/reversals.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckPaymentOrBill(RuleCase& rule_case) {
  return NamedBill(rule_case) == nullptr ? CheckPaymentStands(rule_case) : CheckBillIsHeld(rule_case);
}

std::optional<Rejection> DecidePaymentReversed(RuleCase& rule_case) {
  if (auto rejection = CheckNothingRefunded(rule_case)) return rejection;
  // From here on it succeeds.
  rule_case.command.Set("amount", rule_case.named.Get<Funding>("payment").amount);
  ReverseApplications(rule_case);
  TakeBackDeposit(rule_case);
  return std::nullopt;
}

void MovePaymentReversed(EventView event, Figures& figures) {
  MovePaymentTakenBack(event, event.body<schema::PaymentReversed>().amount(), figures);
}

}  // namespace

const EventKind kPaymentReversed{
    .chinese = "收款退回",
    .sentence = "Payment {payment}[ of {amount}] reversed[: {reason}]",
    .chinese_sentence = "收款 {payment} 退回[，金额 {amount}][：{reason}]",
    .check_state = CheckPaymentOrBill,
    .check_dates = CheckNotUsedLater,
    .decide = DecidePaymentReversed,
    .evolve = EvolvePaymentTakenBack,
    .moves = MovePaymentReversed,
};

}  // namespace duebook
