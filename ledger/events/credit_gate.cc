#include "ledger/events/credit_gate.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/confirmations.h"
#include "ledger/events/credit_accounts.h"
#include "ledger/events/documents.h"

namespace duebook {

namespace {

using Verdict = CheckedCredit::Verdict;

// How the customer stands in one currency on the day.
struct Standing {
  Sum late = 0;       // overdue by more than the policy's days
  Sum unapplied = 0;  // and not reserved
  Sum net_overdue() const { return std::max<Sum>(0, late - unapplied); }
};

class Gate {
 public:
  Gate(Books& books, const ShipmentToJudge& shipment, const CreditPolicy& policy)
      : books_(books),
        shipment_(shipment),
        policy_(policy),
        account_(CreditAccountOf(books, shipment.customer, policy.overdue)),
        customer_(books.FindCustomer(shipment.customer).Get<Customer>()),
        is_prepaid_(IsPrepaid()) {}

  CheckedCredit Check(CreditCheck check) const {
    CheckedCredit checked = Ask(check);
    checked.check = check;
    const bool may_be_prepaid = check == CreditCheck::kOverdue || check == CreditCheck::kLimit;
    if (!policy_.Checks(check)) {
      checked.verdict = Verdict::kOff;
    } else if (may_be_prepaid && is_prepaid_) {
      checked.verdict = Verdict::kPrepaid;
    }
    return checked;
  }

 private:
  CheckedCredit Ask(CreditCheck check) const {
    switch (check) {
      case CreditCheck::kApproval:
        return AskApproval();
      case CreditCheck::kHold:
        return AskHold();
      case CreditCheck::kConfirmation:
        return AskConfirmation();
      case CreditCheck::kOverdue:
        return AskOverdue();
      case CreditCheck::kLimit:
        return AskLimit();
    }
    CHECK(false);
  }

  static CheckedCredit Failed(RejectionCode code, std::string sentence, std::string field) {
    CheckedCredit checked;
    checked.verdict = Verdict::kFailed;
    checked.rejection = {code, std::move(sentence), std::move(field)};
    return checked;
  }

  std::string Day() const { return shipment_.date.ToString(); }

  CheckedCredit AskApproval() const {
    if (customer_.credit.approved.At(shipment_.date) > 0) return {};
    return Failed(
        RejectionCode::kNotApproved,
        fmt::format("the account of {} is not approved on {}; CustomerApproved does that", shipment_.customer, Day()),
        "customer");
  }

  CheckedCredit AskHold() const {
    const DatedHold* hold = LastOn(customer_.credit.holds, shipment_.date);
    if (hold == nullptr || !hold->held) return AskEscalations();
    return Failed(RejectionCode::kOnHold,
                  fmt::format("shipments to {} are stopped since {}; CreditHoldReleased lets them go on",
                              shipment_.customer, hold->date.ToString()),
                  "customer");
  }

  CheckedCredit AskEscalations() const {
    for (const EscalationOfCustomer& each : *customer_.escalations) {
      if (!each.IsOpenOn(shipment_.date)) continue;
      return Failed(RejectionCode::kOnHold,
                    fmt::format("escalation {} of {} is open since {}; EscalationClosed ends it", each.number,
                                shipment_.customer, each.started.ToString()),
                    "customer");
    }
    return {};
  }

  CheckedCredit AskConfirmation() const {
    if (!ConfirmationOf(books_, customer_, shipment_.order, shipment_.date).empty()) return {};
    return Failed(
        RejectionCode::kNoConfirmation,
        shipment_.order.empty()
            ? fmt::format("{} confirmed no prices that hold on {}; PriceConfirmed says so", shipment_.customer, Day())
            : fmt::format("{} confirmed no prices of order {} that hold on {}; PriceConfirmed says so",
                          shipment_.customer, shipment_.order, Day()),
        "order");
  }

  Standing StandingIn(const CreditFigures& figures) const {
    const auto place = std::find(account_.counts.begin(), account_.counts.end(), policy_.overdue);
    const size_t figure = kOverdueFigures + static_cast<size_t>(place - account_.counts.begin());
    return {figures[figure].At(shipment_.date), figures[kUnappliedFigure].At(shipment_.date)};
  }

  // The first currency in which too much is overdue or, if there is none, the shipment's.
  CheckedCredit AskOverdue() const {
    CheckedCredit passed;
    passed.currency = shipment_.currency;
    passed.figure = 0;
    passed.allowed = policy_.OverdueAllowed(shipment_.currency);
    for (const auto& [currency, figures] : account_.currencies) {
      const Standing standing = StandingIn(figures);
      const Sum allowed = policy_.OverdueAllowed(currency);
      if (standing.net_overdue() > allowed) return RefuseOverdue(currency, standing, allowed);
      if (currency == shipment_.currency) passed.figure = standing.net_overdue();
    }
    return passed;
  }

  CheckedCredit RefuseOverdue(Currency currency, const Standing& standing, Sum allowed) const {
    const int32_t days = policy_.overdue.days;
    CheckedCredit failed = Failed(
        RejectionCode::kOverdue,
        fmt::format("{} of {} is overdue{} on {}: {} less {} that is unapplied; at most {} may be",
                    Shown(standing.net_overdue(), currency), shipment_.customer,
                    days == 0 ? "" : fmt::format(" by more than {} days", days), Day(), Shown(standing.late, currency),
                    Shown(standing.unapplied, currency), Shown(allowed, currency)),
        "customer");
    failed.currency = currency;
    failed.figure = standing.net_overdue();
    failed.allowed = allowed;
    return failed;
  }

  CheckedCredit AskLimit() const {
    const CreditFigures* figures = account_.FiguresIn(shipment_.currency);
    const auto figure = [&](size_t place) {
      return figures == nullptr ? Sum{0} : (*figures)[place].At(shipment_.date);
    };
    const Sum balance = figure(kBalanceFigure);
    const Sum not_invoiced = figure(kNotInvoicedFigure);
    const Sum bills = BillsAtRisk();
    Sum guarantees = 0;
    for (size_t kind = 0; kind < kGuaranteeKinds.size(); kind++) {
      if (policy_.guarantees[kind]) guarantees += figure(kGuaranteeFigures + kind);
    }
    const Minor adds = shipment_.is_invoiced ? 0 : shipment_.amount;
    const Sum exposure = balance + not_invoiced + bills - guarantees + adds;
    const Minor limit = LimitOn(customer_.credit.limits, shipment_.currency, shipment_.date);
    CheckedCredit checked;
    if (exposure > limit) {
      const auto shown = [&](Sum amount) { return Shown(amount, shipment_.currency); };
      checked = Failed(RejectionCode::kOverLimit,
                       fmt::format("{} with this shipment would be above the limit of {} on {}: balance {}, not "
                                   "invoiced {}, bills {}, guarantees {}, shipment {}",
                                   shown(exposure), shown(limit), Day(), shown(balance), shown(not_invoiced),
                                   shown(bills), shown(guarantees), shown(adds)),
                       "amount");
    }
    checked.currency = shipment_.currency;
    checked.figure = exposure;
    checked.allowed = limit;
    return checked;
  }

  Sum BillsAtRisk() const {
    Sum bills = 0;
    for (const auto& each : customer_.papers->bills) {
      if (each.currency == shipment_.currency && Counts(each.method)) bills += each.face.At(shipment_.date);
    }
    return bills;
  }

  bool Counts(BillMethod method) const { return policy_.bills[static_cast<size_t>(method)]; }

  bool IsPrepaid() const {
    if (!shipment_.payment || !policy_.prepaid_passes) return false;
    const auto& payment = shipment_.payment.Get<Funding>();
    const bool is_at_risk =
        payment.has_bill() && Counts(payment.bill->method) && payment.bill->at_risk.At(shipment_.date) > 0;
    return !is_at_risk && LeastUnreserved(account_, shipment_.payment, shipment_.date) >= shipment_.amount;
  }

  Books& books_;
  const ShipmentToJudge& shipment_;
  const CreditPolicy& policy_;
  const CreditAccount& account_;
  const Customer& customer_;
  const bool is_prepaid_;
};

}  // namespace

std::vector<CheckedCredit> JudgeShipment(Books& books, const ShipmentToJudge& shipment) {
  const Gate gate(books, shipment, CreditCountedOn(books.control().credit_policies, shipment.date));
  std::vector<CheckedCredit> all;
  for (size_t check = 0; check < kCreditChecks.size(); check++) {
    all.push_back(gate.Check(static_cast<CreditCheck>(check)));
  }
  return all;
}

FailedChecks ChecksFailed(Books& books, const ShipmentToJudge& shipment) {
  FailedChecks failed;
  const CreditPolicy* policy = CreditPolicyOn(books.control().credit_policies, shipment.date);
  if (policy == nullptr) return failed;
  const Gate gate(books, shipment, *policy);
  for (size_t check = 0; check < kCreditChecks.size(); check++) {
    if (!policy->checks[check]) continue;
    CheckedCredit checked = gate.Check(static_cast<CreditCheck>(check));
    if (checked.verdict != Verdict::kFailed) continue;
    failed.codes.push_back(CodeName(checked.rejection.code));
    if (!failed.first.has_value()) failed.first = std::move(checked.rejection);
  }
  return failed;
}

}  // namespace duebook
