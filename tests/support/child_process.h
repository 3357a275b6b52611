// A part of a test that runs in a process of its own, so that it can be killed or limited.

#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <functional>
#include <optional>

#include "ledger/values/check.h"
#include "tests/support/store_threads.h"

namespace duebook {

class ChildProcess {
 public:
  // Forks. `body` runs in the child, where stores are opened with TestStore(); when it returns, the child ends without
  // any clean-up. What it tells comes to Hear.
  using Tell = std::function<void(uint64_t)>;
  explicit ChildProcess(const std::function<void(const Tell&)>& body) {
    int ends[2];
    CHECK(::pipe(ends) == 0);
    process_ = ::fork();
    CHECK(process_ >= 0);
    if (process_ == 0) {
      ::close(ends[0]);
      is_forked = true;
      body([&](uint64_t number) { CHECK(::write(ends[1], &number, sizeof number) == sizeof number); });
      ::_exit(0);
    }
    ::close(ends[1]);
    heard_ = ends[0];
  }
  ~ChildProcess() {
    Kill();
    ::close(heard_);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next number that the child tells; nothing once it has ended.
  std::optional<uint64_t> Hear() const {
    uint64_t number = 0;
    return ::read(heard_, &number, sizeof number) == sizeof number ? std::optional(number) : std::nullopt;
  }
  // kill -9, and waits for the end.
  void Kill() {
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    Wait();
  }
  // Waits until it has ended. True if it ended by itself, without a complaint.
  bool Wait() {
    int status = 0;
    CHECK(::waitpid(process_, &status, 0) == process_);
    process_ = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t process_ = 0;
  int heard_ = -1;
};

}  // namespace duebook
