// The built program as users run it: from a shell, with its status and what it prints.

#pragma once

#include <filesystem>
#include <string>

namespace duebook {

struct ShellResult {
  int status = 0;  // the exit status, or -1 if a signal ended the shell's command
  std::string out;
  std::string err;
};

// Runs `script` in `folder`, with the folder of `program` in the path, DUEBOOK_LEDGER=ledger and no input.
ShellResult RunInShell(const std::string& script, const std::filesystem::path& program,
                       const std::filesystem::path& folder);

}  // namespace duebook
