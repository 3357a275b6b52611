#include "tools/server/input_lines.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include "ledger/values/check.h"

namespace duebook {

namespace {

void ReadLines(int end, const std::function<void()>& typed) {
  std::array<char, 4096> bytes{};
  while (true) {
    std::array<pollfd, 2> ready{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{end, POLLIN, 0}};
    if (::poll(ready.data(), ready.size(), -1) < 0) continue;
    if (ready[1].revents != 0) return;
    const ssize_t read = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (read <= 0) return;
    for (auto lines = std::count(bytes.begin(), bytes.begin() + read, '\n'); lines > 0; lines--) typed();
  }
}

}  // namespace

InputLines::InputLines(std::function<void()> typed) {
  std::signal(SIGTTIN, SIG_IGN);  // reading another's terminal fails, rather than to stop the server
  CHECK(::pipe2(end_, O_CLOEXEC) == 0);
  thread_ = std::thread([end = end_[0], typed = std::move(typed)] { ReadLines(end, typed); });
}

InputLines::~InputLines() {
  ::close(end_[1]);
  thread_.join();
  ::close(end_[0]);
}

}  // namespace duebook
