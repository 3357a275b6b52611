// Man pages and completions, made from the description of the command line: they name every command, option and value
// that the program knows, in its own words. (help2man reads the printed help instead: it makes no completions, and
// cuts CLI11's option lines in the wrong places.)

#pragma once

#include <string>
#include <string_view>

#include "tools/commands/option_table.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace duebook {

// The page of the whole program in troff's man macros, section 1. `version` as in "duebook 0.1.0".
std::string ProgramPage(const CLI::App& program, const OptionTable& options, std::string_view version);
// The page of one command, duebook-COMMAND(1).
std::string CommandPage(const CLI::App& program, const CLI::App& command, const OptionTable& options,
                        std::string_view version);

// Completion of commands, options, their values and file names.
std::string BashCompletion(const CLI::App& program, const OptionTable& options);
std::string ZshCompletion(const CLI::App& program, const OptionTable& options);

// Returns whether a value follows the option on the line: a flag has none.
bool TakesValue(const CLI::Option& option);

}  // namespace duebook
