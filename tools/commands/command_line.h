// The command line: one program, one table of commands.

#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace duebook {

struct Session;

// Exit status of every command.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  // a rule refused, or something was found wrong
inline constexpr int kBadUsage = 2;
inline constexpr int kStoreUnusable = 3;  // no ledger there, damaged, locked, of a newer format

// Adds the global options and every command to `app`. What a line says goes to `session`, which has to outlive `app`.
void DescribeCommandLine(CLI::App& app, Session& session);

// The options of the program or of one of its commands, as they stand on a line: "--known".
std::vector<std::string> OptionNames(const CLI::App& app);

// Runs `duebook` with these arguments. Results on standard output, messages on standard error. `serve` is
// Session::serve.
int RunCommandLine(int argc, const char* const* argv,
                   std::function<int(const Session& session, int port)> serve = nullptr);

}  // namespace duebook
