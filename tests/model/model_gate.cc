// The gate before a shipment in the reference model: the old account first.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

using enum RejectionCode;

Wide Model::Reserved(const Fact& payment, const Cut& cut, const std::string& but_shipment) const {
  Wide reserved = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool names = fact->type == "ShipmentRecorded" && fact->payment == payment.number;
    if (names && fact->number != but_shipment && IsUninvoiced(*fact, cut)) reserved += Kept(*fact, cut);
  }
  return reserved;
}

// On every day from that of the cut on enough is left of the payment that no other shipment reserves.
bool Model::IsPrepaid(const Fact& shipment, const Cut& cut) const {
  if (shipment.payment.empty()) return false;
  const Fact& payment = *Find("PaymentReceived", shipment.payment);
  if (IsAtRisk(payment, cut)) return false;
  for (const Date date : DatesFrom(cut.effective)) {
    const Cut then{date, cut.known};
    if (Unapplied(payment, then) - Reserved(payment, then, shipment.number) < shipment.amount) return false;
  }
  return true;
}

bool Model::IsConfirmed(const Fact& shipment, Date day, const Cut& cut) const {
  const auto visible = Visible(cut);
  return std::any_of(visible.begin(), visible.end(), [&](const Fact* fact) {
    if (fact->type != "PriceConfirmed" || fact->customer != shipment.customer || Undone(*fact, cut)) return false;
    const bool of_order = shipment.order.empty() || fact->order == shipment.order;
    return of_order && fact->date <= day && day <= fact->valid_until.value_or(Date::Max());
  });
}

Model::Why Model::Failed(const Fact& shipment, const Cut& cut) const {
  const Fact* policy = InForce("CreditPolicySet", cut);
  if (policy == nullptr) return {};
  std::vector<std::string> checks = policy->checks;
  if (checks.empty()) checks = {"approval", "hold", "overdue", "limit"};
  const auto is_checked = [&](const char* check) {
    return std::find(checks.begin(), checks.end(), check) != checks.end();
  };
  Why failed;
  const std::string& customer = shipment.customer;
  if (is_checked("approval") && !IsApproved(customer, cut)) failed.insert(kNotApproved);
  const bool held = HeldSince(customer, cut).has_value() || HasOpenEscalation(customer, cut);
  if (is_checked("hold") && held) failed.insert(kOnHold);
  if (is_checked("confirmation") && !IsConfirmed(shipment, cut.effective, cut)) failed.insert(kNoConfirmation);
  if (policy->prepaid != "none" && IsPrepaid(shipment, cut)) return failed;
  std::set<std::string> currencies;
  for (const Fact* fact : Visible(cut)) currencies.insert(fact->currency);
  for (const std::string& currency : currencies) {
    const Wide allowed = currency == policy->currency ? policy->overdue_amount : 0;
    if (is_checked("overdue") && NetOverdue({customer, currency}, cut) > allowed) failed.insert(kOverdue);
  }
  // Goods that are invoiced already add nothing.
  const Wide added = shipment.invoice.empty() ? shipment.amount : 0;
  const Wide limit = LimitOn(customer, shipment.currency, cut);
  const bool over = Exposure({customer, shipment.currency}, cut) + added > limit;
  if (is_checked("limit") && over) failed.insert(kOverLimit);
  return failed;
}

void Model::CheckGate(const Fact& command, Why& why) const {
  if (command.type != "ShipmentRecorded") return;
  if (!command.payment.empty() && Bounced(command.payment, Cut{})) why.insert(kAlreadyReversed);
  if (command.overriding.empty()) {
    if (!command.imported) why.merge(Failed(command, {command.date}));
    return;
  }
  const Fact& granted = *Find("CreditOverridden", command.overriding);
  const bool used = Has("ShipmentRecorded", &Fact::overriding, granted.number, Cut{});
  if (used || Undone(granted, Cut{}) || command.date > *granted.until) why.insert(kOverrideUsed);
  if (command.amount > granted.amount) why.insert(kOverOverride);
  if (command.actor == granted.actor && !command.imported) why.insert(kSelfApproval);
}

// Whether a shipment that passed on its own day would have failed on the last day of which anything had been recorded
// of the customer.
bool Model::IsBackdated(const Fact& shipment) const {
  if (shipment.imported) return false;  // its order is that of another system
  Date latest = shipment.date;
  for (const Fact& fact : facts_) {
    if (fact.customer == shipment.customer && fact.seq < shipment.seq) latest = std::max(latest, fact.date);
  }
  return latest > shipment.date && !Failed(shipment, {latest, shipment.seq - 1}).empty();
}

std::map<Key, OverrideRow> Model::Overrides(const Cut& cut) const {
  std::map<Key, OverrideRow> rows;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == "CreditOverridden" && !Undone(*fact, cut)) {
      rows[{fact->number, ""}].kind = cut.effective > *fact->until ? "expired" : "unused";
    }
    if (fact->type != "ShipmentRecorded") continue;
    const bool undone = Undone(*fact, cut);
    if (!fact->overriding.empty()) {
      rows[{fact->overriding, ""}] = {undone ? "undone" : "override", fact->number, fact->passed};
    } else if (undone) {
      continue;
    } else if (!fact->passed.empty()) {
      rows[{"", fact->number}] = {"imported", fact->number, fact->passed};
    } else if (IsBackdated(*fact)) {
      rows[{"", fact->number}] = {"backdated", fact->number, {}};
    }
  }
  return rows;
}

}  // namespace duebook::model
