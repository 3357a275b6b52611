#include "tests/support/running_program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>

#include "ledger/values/check.h"

namespace duebook {

RunningProgram::RunningProgram(const std::string& command, const std::filesystem::path& program,
                               const std::filesystem::path& folder) {
  const std::string script = "cd '" + folder.string() + "' && export PATH='" + program.parent_path().string() +
                             "':$PATH DUEBOOK_LEDGER=ledger LC_ALL=C.UTF-8 TZ=UTC USER=clerk && exec " + command +
                             " 2>.stderr </dev/null";
  std::array<int, 2> ends{};
  CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
  process_ = ::fork();
  CHECK(process_ >= 0);
  if (process_ == 0) {
    if (::dup2(ends[1], STDOUT_FILENO) >= 0) ::execlp("bash", "bash", "-c", script.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
}

RunningProgram::~RunningProgram() {
  if (!status_.has_value()) Kill();
  Wait();
  ::close(output_);
}

// Waits for more output. False at its end.
bool RunningProgram::ReadMore() {
  std::array<char, 4096> bytes{};
  ssize_t count = 0;
  do {
    count = ::read(output_, bytes.data(), bytes.size());
  } while (count < 0 && errno == EINTR);
  if (count > 0) unread_.append(bytes.data(), static_cast<size_t>(count));
  return count > 0;
}

std::optional<std::string> RunningProgram::ReadLine() {
  while (true) {
    const size_t end = unread_.find('\n');
    if (end == std::string::npos) {
      if (!ReadMore()) return std::nullopt;
      continue;
    }
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    return line;
  }
}

bool RunningProgram::HasLine() {
  pollfd output{output_, POLLIN, 0};
  while (unread_.find('\n') == std::string::npos) {
    if (::poll(&output, 1, 0) <= 0 || !ReadMore()) return false;
  }
  return true;
}

std::optional<uint64_t> RunningProgram::BytesWritten() {
  if (HasEnded()) return std::nullopt;
  std::ifstream figures("/proc/" + std::to_string(process_) + "/io");
  std::string name;
  uint64_t figure = 0;
  while (figures >> name >> figure) {
    if (name == "wchar:") return figure;
  }
  return std::nullopt;
}

bool RunningProgram::HasEnded() {
  int status = 0;
  if (!status_.has_value() && ::waitpid(process_, &status, WNOHANG) == process_) status_ = status;
  return status_.has_value();
}

void RunningProgram::Kill() {
  if (!HasEnded()) ::kill(process_, SIGKILL);
}

int RunningProgram::Wait() {
  int status = 0;
  if (!status_.has_value()) {
    CHECK(::waitpid(process_, &status, 0) == process_);
    status_ = status;
  }
  return WIFEXITED(*status_) ? WEXITSTATUS(*status_) : -1;
}

}  // namespace duebook
