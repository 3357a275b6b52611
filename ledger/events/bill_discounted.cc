// A bill is sold to a bank before it is due.

#include <fmt/core.h>

#include "ledger/events/bills.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/reversals.h"

namespace duebook {

namespace {

// Refuses more than the bill is worth, in its own currency: else another reason is the one to give.
std::optional<Rejection> CheckProceeds(RuleCase& rule_case) {
  const Minor proceeds = rule_case.event.body<schema::BillDiscounted>().proceeds()->minor();
  const auto* payment = rule_case.named.By("payment").As<Funding>();
  const bool is_judged = payment != nullptr && payment->has_bill() && payment->currency == rule_case.event.currency();
  if (!is_judged || proceeds <= payment->amount) return std::nullopt;
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("proceeds of {} are more than the {} of bill {}", Shown(proceeds, payment->currency),
                               Shown(payment->amount, payment->currency), payment->bill->number.text()),
                   "proceeds"};
}

void EvolveBillDiscounted(const EvolveCase& evolve_case) { EvolveBillStep(evolve_case, BillState::kDiscounted); }

// About the payment; its amount is what the bank paid, its text the bank.
void MoveBillDiscounted(EventView event, Figures& figures) {
  const auto& body = event.body<schema::BillDiscounted>();
  figures.AddFact(
      {.subject = event.Referred("payment"), .amount = body.proceeds()->minor(), .text = EventView::Text(body.bank())});
}

}  // namespace

const EventKind kBillDiscounted{
    .chinese = "票据贴现",
    .sentence = "Bill of payment {payment} discounted for {proceeds}[, at {bank}]",
    .chinese_sentence = "收款 {payment} 的票据贴现，实收 {proceeds}[，{bank}]",
    .check_fields = CheckProceeds,
    .check_state = CheckBillIsHeld,
    .check_dates = CheckBillDates,
    .evolve = EvolveBillDiscounted,
    .undo = {.changes = {"payment"}, .check_state = CheckLastBillStep, .evolve = EvolveBillStepUndone},
    .moves = MoveBillDiscounted,
};

}  // namespace duebook
