// Whether an accepted command says the same in every form that an event takes.

#pragma once

#include "ledger/command/command.h"

namespace duebook {

// The command is a well-formed event with amounts in their range. As the ledger would admit it, its export as JSON and
// its cells are both read again as the same command.
void CheckSaidAgain(const Command& command);

}  // namespace duebook
