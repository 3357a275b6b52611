// Programs that are not part of Duebook, and need not be there.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

// Returns whether there is such a program, by PATH.
bool HasOutsideProgram(std::string_view name);

// Runs a program that is found by PATH, with its arguments behind its name, and waits until it ends. It reads nothing,
// and what it prints goes to the file `output`. `environment` is added to this process's. kNotFound: there is no such
// program. kUnavailable: it cannot be run, or ended with another status than 0; the error has the last line that it
// printed.
Status RunOutsideProgram(const std::vector<std::string>& words,
                         const std::vector<std::pair<std::string, std::string>>& environment,
                         const std::string& output);

}  // namespace duebook
