// How far a long work has come, on standard error, if that is a terminal.

#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace duebook {

class Progress {
 public:
  // `what` is counted: "events".
  explicit Progress(std::string_view what);
  ~Progress();  // clears the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `done` of `total`; total 0: not known. `count` things so far. Cheap: shows at most ten times a second.
  void Show(uint64_t done, uint64_t total, uint64_t count);

 private:
  using Clock = std::chrono::steady_clock;
  std::string_view what_;
  bool terminal_;
  Clock::time_point start_;
  Clock::time_point last_;
};

}  // namespace duebook
