// Loading of the books that begins with the first question and stops at an event until it may go on: so that a test has
// the moments in between for itself.

#pragma once

#include <cstdint>
#include <latch>

#include "ledger/loading_limits.h"

namespace duebook {

class HeldLoading {
 public:
  explicit HeldLoading(uint64_t seq) : seq_(seq) {}

  LoadingLimits Limits() {
    return {0, UINT64_MAX, [this](uint64_t seq) {
              if (seq == 0) done_.count_down();
              if (seq != seq_) return;
              held_.count_down();
              go_on_.wait();
            }};
  }
  void WaitUntilHeld() { held_.wait(); }
  void GoOn() { go_on_.count_down(); }
  void WaitUntilDone() { done_.wait(); }

 private:
  const uint64_t seq_;
  std::latch held_{1}, go_on_{1}, done_{1};
};

}  // namespace duebook
