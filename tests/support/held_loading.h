// Loading of the books that begins with the first question and stops at an event until it may go on: so that a test has
// the moments in between for itself.

#pragma once

#include <chrono>
#include <cstdint>
#include <future>
#include <latch>

#include "ledger/loading/loading_limits.h"

namespace duebook {

class HeldLoading {
 public:
  explicit HeldLoading(uint64_t seq) : seq_(seq) {}

  // Of one ledger.
  LoadingLimits Limits() {
    return {0, UINT64_MAX, [this](uint64_t seq) {
              if (seq == 0) done_.set_value();
              if (seq != seq_) return;
              held_.set_value();
              go_on_.wait();
            }};
  }
  // Each may be called once. False if it does not come to that: then loading has not begun.
  [[nodiscard]] bool WaitUntilHeld() { return Comes(held_); }
  void GoOn() { go_on_.count_down(); }
  [[nodiscard]] bool WaitUntilDone() { return Comes(done_); }

 private:
  static bool Comes(std::promise<void>& moment) {
    return moment.get_future().wait_for(std::chrono::minutes(1)) == std::future_status::ready;
  }

  const uint64_t seq_;
  std::promise<void> held_, done_;
  std::latch go_on_{1};
};

}  // namespace duebook
