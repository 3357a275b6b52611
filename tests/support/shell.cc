#include "tests/support/shell.h"

#include <sys/wait.h>

#include <cstdlib>

#include "tests/support/temporary_folder.h"

namespace duebook {

ShellResult RunInShell(const std::string& script, const std::filesystem::path& program,
                       const std::filesystem::path& folder) {
  const std::string command = "cd '" + folder.string() + "' && { PATH='" + program.parent_path().string() +
                              "':$PATH; export PATH DUEBOOK_LEDGER=ledger LC_ALL=C.UTF-8 TZ=UTC USER=clerk; " + script +
                              "\n} >.stdout 2>.stderr </dev/null";
  const int status = std::system(command.c_str());
  ShellResult result;
  // The shell tells of a child that a signal ended by a status above 128.
  result.status = WIFEXITED(status) && WEXITSTATUS(status) < 128 ? WEXITSTATUS(status) : -1;
  result.out = ReadWholeFile(folder / ".stdout");
  result.err = ReadWholeFile(folder / ".stderr");
  std::filesystem::remove(folder / ".stdout");
  std::filesystem::remove(folder / ".stderr");
  return result;
}

}  // namespace duebook
