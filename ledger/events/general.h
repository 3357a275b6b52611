// The rules that hold for every event type, driven by the table of types and fields: what it names exists, what it
// introduces doesn't yet, customers and currencies agree, dates are causal, the period is open.

#pragma once

#include <optional>
#include <vector>

#include "ledger/events/event_kind.h"

namespace duebook {

// What is known of a command once it is admitted.
struct Admitted {
  Named named;  // by the command, as long as nothing of the books is put away or undone
  // Events that the ledger records of its own accord just before the command's, in order: without seq and recorded_at,
  // and final otherwise.
  std::vector<Command> preceding;
};

// Decides a command by the general rules, then by those of its type: nothing if it is admitted. Takes the command's
// customer from the documents that it names and its currency from them or else the ledger's, where it says none.
// Does not change the books. An error is their status: something that the rules ask for cannot be read.
Result<std::optional<Rejection>> Decide(Books& books, const LedgerIdentity& ledger, Command* command,
                                        Admitted* admitted);

// Folds an admitted event, with what it names.
void Evolve(Books& books, EventView event, const Named& named);
void Evolve(Books& books, EventView event);  // looks that up

// Folds what the event, which the log holds as number `seq`, changes in what the books always have
// (EventKind::evolve_control), and nothing else of it. An error if its bytes are not those of an event.
// Requires an event of a type that changes something there.
Status FoldControl(Books& books, EventView event, uint64_t seq);

// Folds the event that the log holds as number `seq`. An error if its bytes are not those of an event, or if it does
// not follow from those before it.
Status Fold(Books& books, EventView event, uint64_t seq);
// Does the same for an event whose bytes VerifyEvent has accepted.
Status FoldVerified(Books& books, EventView event, uint64_t seq);

}  // namespace duebook
