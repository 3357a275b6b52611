// A bill is paid when it is due.

#include <fmt/core.h>

#include "ledger/events/bills.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/reversals.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckDue(RuleCase& rule_case) {
  const BillOfPayment* bill = NamedBill(rule_case);
  const Date date = rule_case.event.date();
  if (bill == nullptr || date >= bill->due) return std::nullopt;
  return Rejection{RejectionCode::kBadDate,
                   fmt::format("paid on {}, before bill {} is due on {}", date.ToString(), bill->number.text(),
                               bill->due.ToString()),
                   "date"};
}

void EvolveBillHonoured(const EvolveCase& evolve_case) { EvolveBillStep(evolve_case, BillState::kHonoured); }

// About the payment.
void MoveBillHonoured(EventView event, Figures& figures) { figures.AddFact({.subject = event.Referred("payment")}); }

}  // namespace

const EventKind kBillHonoured{
    .chinese = "票据兑付",
    .sentence = "Bill of payment {payment} paid",
    .chinese_sentence = "收款 {payment} 的票据已兑付",
    .check_fields = CheckDue,
    .check_state = CheckBillIsUnpaid,
    .check_dates = CheckBillDates,
    .evolve = EvolveBillHonoured,
    .undo = {.changes = {"payment"}, .check_state = CheckLastBillStep, .evolve = EvolveBillStepUndone},
    .moves = MoveBillHonoured,
};

}  // namespace duebook
