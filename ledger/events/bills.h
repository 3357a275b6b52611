// Bills of exchange: a payment by bill is money once the bill is paid, and a risk until then.
//
// A bill is held from the day of its payment on. It can be endorsed or discounted, once, and is honoured or dishonoured
// in the end; the last takes the payment back. Each step is dated no earlier than the one before it or its reversal, so
// that every cut sees the first few of them.

#pragma once

#include "ledger/events/documents.h"

namespace duebook {

// Days behind a bill's due date on which one that was passed on can still come back.
inline constexpr int kDaysToComeBack = 10;

// Returns whether the payment is by a bill: an older ledger may have acceptances that say none.
bool IsByBill(const schema::PaymentReceived& body);

// Returns the bill of the payment that the field `payment` names; null if there is no such payment, or no bill.
const BillOfPayment* NamedBill(const RuleCase& rule_case);

// --- what refuses a step, in the order of RejectionCode; the field `payment` names the bill's payment ---
// A payment that was reversed or is not by a bill, or a bill that was honoured, or passed on where it has to be `held`.
std::optional<Rejection> CheckBillIsHeld(RuleCase& rule_case);
std::optional<Rejection> CheckBillIsUnpaid(RuleCase& rule_case);
// A date before the last step.
std::optional<Rejection> CheckBillDates(RuleCase& rule_case);

// --- what it changes ---
// The payment, which was just created, came in by a bill.
void EvolveBillReceived(const EvolveCase& evolve_case, Funding& payment);
// The bill of the payment that the field `payment` names is now in this state.
void EvolveBillStep(const EvolveCase& evolve_case, BillState state);
// Its payment is taken back from the event's day on.
void EvolveBillTakenBack(const EvolveCase& evolve_case, Funding& payment);

// How EventReversed undoes a step: only the last one.
std::optional<Rejection> CheckLastBillStep(const Reversible& original, const Books::Found& changed);
void EvolveBillStepUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date);

}  // namespace duebook
