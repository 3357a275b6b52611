// Deposits and other guarantees: what releases them.

#pragma once

#include "ledger/events/event_kind.h"

namespace duebook {

// Refuses a guarantee that was taken back.
std::optional<Rejection> CheckGuaranteeStands(const NamedDocument& guarantee);

// Refuses to release more than is left of the guarantee on any day from this one on (more_than_guarantee).
std::optional<Rejection> CheckLeftOfGuarantee(const NamedDocument& guarantee, Date date, Minor amount);

// --- a payment out of a deposit (PaymentReceived with `guarantee`) ---
// Refuses a guarantee that is no deposit, and one without the method that says so (bad_field).
std::optional<Rejection> CheckDepositFields(RuleCase& rule_case);
std::optional<Rejection> CheckDepositStands(RuleCase& rule_case);
// Refuses more than is left of it; else adds the release that is recorded before the payment.
std::optional<Rejection> ReleaseDeposit(RuleCase& rule_case);
// Ties the release to the payment, which was just created: the ledger undoes it with that alone.
void EvolveDepositUsed(const EvolveCase& evolve_case, Funding& payment);
// Adds the reversal of that release, to be recorded before what takes the payment back that `payment` names.
void TakeBackDeposit(RuleCase& rule_case);

}  // namespace duebook
