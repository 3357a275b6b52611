// Payments by bill of exchange and by deposit in the reference model, and what becomes of bills.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

using enum RejectionCode;

namespace {

constexpr int kDaysOfPresentment = 10;

bool IsStep(const std::string& type) {
  return type == "BillEndorsed" || type == "BillDiscounted" || type == "BillHonoured";
}

bool IsByBill(const Fact& payment) { return payment.method.ends_with("_acceptance"); }

}  // namespace

bool Model::Bounced(const std::string& payment, const Cut& cut) const {
  return Has("PaymentReversed", &Fact::payment, payment, cut) || Has("BillDishonoured", &Fact::payment, payment, cut);
}

// In the order in which they were recorded, which is that of their dates.
std::vector<const Fact*> Model::BillSteps(const std::string& payment, const Cut& cut) const {
  std::vector<const Fact*> steps = Visible(cut);
  std::erase_if(
      steps, [&](const Fact* fact) { return !IsStep(fact->type) || fact->payment != payment || Undone(*fact, cut); });
  return steps;
}

std::string Model::BillState(const Fact& payment, const Cut& cut) const {
  if (Has("BillDishonoured", &Fact::payment, payment.number, cut)) return "dishonoured";
  if (Has("PaymentReversed", &Fact::payment, payment.number, cut)) return "reversed";
  const auto steps = BillSteps(payment.number, cut);
  if (steps.empty()) return "held";
  if (steps.back()->type == "BillEndorsed") return "endorsed";
  return steps.back()->type == "BillDiscounted" ? "discounted" : "honoured";
}

bool Model::IsAtRisk(const Fact& payment, const Cut& cut) const {
  if (payment.bill.empty()) return false;
  const Fact* policy = InForce("CreditPolicySet", cut);
  if (policy != nullptr && !policy->counted_bills.empty()) {
    const auto& counted = policy->counted_bills;
    if (std::find(counted.begin(), counted.end(), payment.method) == counted.end()) return false;
  }
  const std::string state = BillState(payment, cut);
  if (state == "held") return true;
  const bool passed_on = state == "endorsed" || state == "discounted";
  return passed_on && cut.effective <= payment.bill_due->AddDays(kDaysOfPresentment);
}

std::map<std::string, BillRow> Model::Bills(const Cut& cut) const {
  std::map<std::string, BillRow> rows;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "PaymentReceived" || fact->bill.empty()) continue;
    BillRow& row = rows[fact->number];
    row.state = BillState(*fact, cut);
    row.changed = fact->date;
    for (const Fact* step : BillSteps(fact->number, cut)) {
      row.changed = step->date;
      if (step->type == "BillDiscounted") row.proceeds = step->proceeds;
    }
    for (const Fact* undone : Visible(cut)) {
      const Fact* step = undone->type == "EventReversed" ? Find("event", undone->event) : nullptr;
      const bool of_bill = step != nullptr && IsStep(step->type) && step->payment == fact->number;
      if (of_bill) row.changed = std::max(row.changed, undone->date);
    }
    for (const Fact* end : Visible(cut)) {
      const bool ends = end->type == "PaymentReversed" || end->type == "BillDishonoured";
      if (ends && end->payment == fact->number) row.changed = end->date;
    }
    row.days = *fact->bill_due - cut.effective;
    row.at_risk = IsAtRisk(*fact, cut) ? fact->amount : 0;
  }
  return rows;
}

void Model::CheckPaymentFields(const Fact& command, Why& why) const {
  if (command.type != "PaymentReceived") return;
  if (command.fee >= command.amount) why.insert(kBadAmount);
  if (IsByBill(command) != !command.bill.empty()) why.insert(command.bill.empty() ? kMissingField : kBadField);
  if (command.bill_due.has_value() && *command.bill_due < command.date) why.insert(kBadDate);
  const Fact* deposit = Find("GuaranteeReceived", command.guarantee);
  const bool by_deposit = command.method == "deposit" && (deposit == nullptr || deposit->kind == "deposit");
  if (!command.guarantee.empty() && !by_deposit) why.insert(kBadField);
}

void Model::CheckBillFields(const Fact& command, Why& why) const {
  const Fact* payment = command.type.starts_with("Bill") ? Find("PaymentReceived", command.payment) : nullptr;
  if (payment == nullptr || payment->bill.empty()) return;
  if (command.type == "BillEndorsed" && command.date > *payment->bill_due) why.insert(kBadDate);
  if (command.type == "BillHonoured" && command.date < *payment->bill_due) why.insert(kBadDate);
  const bool is_judged = command.type == "BillDiscounted" && command.currency == payment->currency;
  if (is_judged && command.proceeds > payment->amount) why.insert(kBadAmount);
}

void Model::CheckPayment(const Fact& command, Why& why) const {
  if (command.type != "PaymentReceived") return;
  for (const Fact& fact : facts_) {
    const bool same = fact.type == "PaymentReceived" && !fact.bill.empty() && fact.bill == command.bill;
    if (same && !Bounced(fact.number, {command.date})) why.insert(kDuplicateNumber);
  }
  if (command.guarantee.empty()) return;
  const Fact& deposit = *Find("GuaranteeReceived", command.guarantee);
  if (LeastGuaranteeLeft(deposit, command.date) < command.amount) why.insert(kMoreThanGuarantee);
}

std::vector<Fact> Model::ReleasedFirst(const Fact& command) const {
  if (command.type != "PaymentReceived" || command.guarantee.empty()) return {};
  Fact release;
  release.type = "GuaranteeReleased";
  release.id = command.id + ":1";
  release.date = command.date;
  release.actor = command.actor;
  release.customer = command.customer;
  release.currency = command.currency;
  release.imported = command.imported;
  release.source = command.source;
  release.guarantee = command.guarantee;
  release.amount = command.amount;
  return {release};
}

void Model::CheckBill(const Fact& command, Why& why) const {
  CheckPayment(command, why);
  const Cut now;
  const bool step = IsStep(command.type) || command.type == "BillDishonoured";
  const Fact* original = command.type == "EventReversed" ? Find("event", command.event) : nullptr;
  const bool reverses_step = original != nullptr && IsStep(original->type);
  if (!step && !reverses_step && command.type != "PaymentReversed") return;
  const Fact& payment = *Find("PaymentReceived", reverses_step ? original->payment : command.payment);
  if (step && Bounced(payment.number, now)) why.insert(kAlreadyReversed);
  if (payment.bill.empty()) {
    if (step) why.insert(kNotBill);
    return;
  }
  const std::string state = BillState(payment, now);
  const bool only_held = command.type != "BillHonoured" && command.type != "BillDishonoured";
  const bool may_be_passed_on = !only_held && (state == "endorsed" || state == "discounted");
  if (!reverses_step && state != "held" && !may_be_passed_on) why.insert(kBillState);
  const auto steps = BillSteps(payment.number, now);
  const bool is_last = !steps.empty() && steps.back() == original && !Bounced(payment.number, now);
  if (reverses_step && !is_last) {
    why.insert(kBillState);
    return;
  }
  // Every cut sees the first so many of its steps.
  for (const Fact& fact : facts_) {
    const Fact* reversed = fact.type == "EventReversed" ? Find("event", fact.event) : &fact;
    const bool of_it = IsStep(reversed->type) && reversed->payment == payment.number;
    if (of_it && command.date < fact.date) why.insert(kBeforeItsCause);
  }
}

}  // namespace duebook::model
