// What must hold of the figures at any cut, whatever was recorded: the safety theorem, asked of a ledger instead of
// proved of the code. (The rules keep it when events are admitted; verification asks again, of the events as they are.)

#pragma once

#include <optional>

#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"

namespace duebook {

// The first item that breaks an invariant at the cut, told by the event that introduced it:
//
//   nothing moves an item that the cut does not see (causal dates);
//   0 <= open <= amount + debits of every invoice, 0 <= unapplied <= amount of every payment and credit note;
//   what is applied to invoices is what is taken from payments and credit notes, in each currency.
std::optional<EventLog::Fault> CheckInvariants(const History& history, const Cut& cut);

// CheckInvariants at the present state, which is `state`, and at cuts spread over dates and knowledge, in as many
// threads as there are cores; the fault of the cut that knows least. Cost: for each cut a pass over the movements that
// it knows, and 32 bytes for each of its items.
Result<std::optional<EventLog::Fault>> VerifyInvariants(const History& history, const LogState& state);

}  // namespace duebook
