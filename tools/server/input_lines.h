// Lines that somebody types where the server runs: each asks for a new code.

#pragma once

#include <functional>
#include <thread>

namespace duebook {

class InputLines {
 public:
  // Calls `typed` for each line of standard input, from a thread of its own, until that ends or this does. A server in
  // the background, whose terminal is another's, has no lines.
  explicit InputLines(std::function<void()> typed);
  ~InputLines();
  InputLines(const InputLines&) = delete;
  InputLines& operator=(const InputLines&) = delete;

 private:
  int end_[2];  // a pipe; what is written to it ends the thread
  std::thread thread_;
};

}  // namespace duebook
