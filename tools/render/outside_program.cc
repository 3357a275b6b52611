#include "tools/render/outside_program.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "ledger/values/files.h"
#include "ledger/values/split.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

constexpr size_t kMostOutput = size_t{1} << 20;

std::vector<char*> PointersTo(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> EnvironmentWith(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; variable++) {
    const std::string_view text = *variable;
    const bool is_replaced = std::any_of(added.begin(), added.end(), [text](const auto& other) {
      return text.starts_with(other.first) && text.substr(other.first.size()).starts_with('=');
    });
    if (!is_replaced) all.emplace_back(text);
  }
  for (const auto& [name, value] : added) all.push_back(name + "=" + value);
  return all;
}

std::string LastLineOf(const std::string& file) {
  const auto text = ReadSmallFile(file, kMostOutput);
  if (!text.ok()) return "";
  const size_t end = text->find_last_not_of(" \r\n") + 1;
  const std::string_view lines = std::string_view(*text).substr(0, end);
  return Printable(lines.substr(lines.rfind('\n') + 1));  // behind no line, from the beginning
}

}  // namespace

bool HasOutsideProgram(std::string_view name) {
  const char* path = std::getenv("PATH");
  for (const std::string_view folder : SplitAt(path == nullptr ? "" : path, ':')) {
    const std::filesystem::path program = std::filesystem::path(folder) / name;
    if (::access(program.c_str(), X_OK) == 0) return true;
  }
  return false;
}

Status RunOutsideProgram(const std::vector<std::string>& words,
                         const std::vector<std::pair<std::string, std::string>>& environment,
                         const std::string& output) {
  std::vector<std::string> arguments = words;
  std::vector<std::string> variables = EnvironmentWith(environment);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     kReadableByAll);
  ::posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  pid_t process = 0;
  const int failed = ::posix_spawnp(&process, words.front().c_str(), &files, nullptr, PointersTo(arguments).data(),
                                    PointersTo(variables).data());
  ::posix_spawn_file_actions_destroy(&files);
  if (failed == ENOENT) return Error{ErrorCode::kNotFound, fmt::format("there is no program {}", words.front()), ""};
  if (failed != 0) {
    return Error{ErrorCode::kUnavailable,
                 fmt::format("cannot run {}: {}", words.front(), std::generic_category().message(failed)), ""};
  }
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return Status();
  return Error{ErrorCode::kUnavailable, fmt::format("{} failed: {}", words.front(), LastLineOf(output)), ""};
}

}  // namespace duebook
