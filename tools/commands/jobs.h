// The jobs that people do with the program, and the commands of each: the order in which --help and the manual tell
// them.

#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tools/commands/session.h"

namespace duebook {

struct Job {
  std::string_view title;
  std::vector<std::string_view> commands;
};

// Each command of the program is of exactly one job.
std::span<const Job> Jobs();

// Lets the program's own --help, not that of its commands, list the commands by job. All commands have been added.
void ListCommandsByJob(CLI::App& app);

}  // namespace duebook
