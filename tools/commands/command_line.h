// The command line: one program, one table of commands.

#pragma once

namespace duebook {

// Exit status of every command.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  // a rule refused, or something was found wrong
inline constexpr int kBadUsage = 2;
inline constexpr int kStoreUnusable = 3;  // no ledger there, damaged, locked, of a newer format

// Runs `duebook` with these arguments. Results on standard output, messages on standard error.
int RunCommandLine(int argc, const char* const* argv);

}  // namespace duebook
