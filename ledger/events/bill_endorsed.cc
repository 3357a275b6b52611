// A bill is passed on to somebody else.

#include <fmt/core.h>

#include "ledger/events/bills.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/reversals.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckNotDueYet(RuleCase& rule_case) {
  const BillOfPayment* bill = NamedBill(rule_case);
  const Date date = rule_case.event.date();
  if (bill == nullptr || date <= bill->due) return std::nullopt;
  return Rejection{RejectionCode::kBadDate,
                   fmt::format("endorsed on {}, after bill {} was due on {}: nobody can take it any more",
                               date.ToString(), bill->number.text(), bill->due.ToString()),
                   "date"};
}

void EvolveBillEndorsed(const EvolveCase& evolve_case) { EvolveBillStep(evolve_case, BillState::kEndorsed); }

// About the payment; its text is who has the bill now.
void MoveBillEndorsed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::BillEndorsed>();
  figures.AddFact({.subject = event.Referred("payment"), .text = EventView::Text(body.to())});
}

}  // namespace

const EventKind kBillEndorsed{
    .chinese = "票据背书",
    .sentence = "Bill of payment {payment} endorsed to {to}",
    .chinese_sentence = "收款 {payment} 的票据背书给 {to}",
    .check_fields = CheckNotDueYet,
    .check_state = CheckBillIsHeld,
    .check_dates = CheckBillDates,
    .evolve = EvolveBillEndorsed,
    .undo = {.changes = {"payment"}, .check_state = CheckLastBillStep, .evolve = EvolveBillStepUndone},
    .moves = MoveBillEndorsed,
};

}  // namespace duebook
