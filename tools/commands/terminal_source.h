// Where a record comes from that somebody types.

#pragma once

#include <string>

namespace duebook {

// The login is the one that the session began with, as the kernel's audit keeps it across
// `su` and `sudo`; where that is not kept, the user who runs the program. Neither is taken from the environment, which
// anybody sets. The machine is what the kernel calls it.
//
// It tells apart people who use the program as it is. Whoever may write to the ledger's files can write any source into
// them, and whoever administers a machine decides what it and its logins are called.
std::string LoginName();

// "terminal:LOGIN@MACHINE".
std::string TerminalSource();

// An id for an event that somebody types and gives none: "terminal-" and 24 random hexadecimal digits.
std::string RandomTerminalId();

}  // namespace duebook
